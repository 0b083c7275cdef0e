import type { Answer } from "./answer.js";
import { ShardFailure } from "./download-error.js";
import {
  type Entity,
  entityOf,
  isSameEntity,
  readContentLength,
  readContentRange,
  validatorOf,
} from "./entity.js";
import type { FullOptions } from "./options.js";
import type { Part } from "./part.js";
import { relieve } from "./relief.js";
import { guarded, request } from "./request.js";
import { startWatch, type Watch } from "./watch.js";

/** What an attempt is made with. */
export interface TransferSettings extends Pick<FullOptions, "ask" | "stallTimeout"> {
  /** The download's. */
  readonly signal: AbortSignal;
  /** Is told after each piece. */
  readonly report: (received: number, total: number) => void;
}

/**
 * Fetches what is missing of a part, over one connection. When it returns, as many bytes are there as the file has.
 *
 * @throws ShardFailure; what has arrived and can be trusted is kept.
 */
export async function transfer(link: string, part: Part, settings: TransferSettings): Promise<void> {
  const watch = startWatch(settings.signal, settings.stallTimeout);
  try {
    const from = part.resume();
    const answer = await request(link, from === 0 ? {} : rangeFrom(from, part.entity()), watch, settings.ask);
    const end = await place(answer, from, part);
    const total = part.entity()?.size ?? 0;
    settings.report(part.received(), total);
    await receive(answer, end, part, watch, { ...settings, link });
    if (end < total)
      throw new ShardFailure("again", "network", `the server sent bytes up to ${end} of ${total} only`);
  } finally {
    watch.stop();
  }
}

/**
 * Asks whether a finished file is still the one that the link leads to.
 *
 * @throws ShardFailure
 */
export async function isStill(link: string, entity: Entity, settings: TransferSettings): Promise<boolean> {
  const watch = startWatch(settings.signal, settings.stallTimeout);
  try {
    const headers = entity.size === 0 ? {} : { ...rangeFrom(0, entity), Range: "bytes=0-0" };
    const answer = await request(link, headers, watch, settings.ask);
    const { status, header } = answer;
    if (status === 416) return false;
    const size =
      status === 206
        ? readContentRange(header("Content-Range"))?.size
        : readContentLength(header("Content-Length"));
    return size !== undefined && isSameEntity(entity, entityOf(answer, size));
  } finally {
    watch.stop();
  }
}

function rangeFrom(start: number, entity: Entity | undefined): Record<string, string> {
  return { Range: `bytes=${start}-`, "If-Range": entity === undefined ? "" : validatorOf(entity) };
}

/** Holds an answer against the part, which is started anew where the answer is the whole file. @returns where the answer ends. */
async function place(answer: Answer, from: number, part: Part): Promise<number> {
  const { status, header } = answer;
  if (!/^(?:identity)?$/i.test(header("Content-Encoding") ?? ""))
    throw new ShardFailure(
      "none",
      "length",
      "the server compresses the file, so that its length is not known",
    );
  const length = readContentLength(header("Content-Length"));
  if (status === 200) {
    if (length === undefined)
      throw new ShardFailure("none", "length", "the server does not say how long the file is");
    await part.begin(entityOf(answer, length));
    return length;
  }
  const range = readContentRange(header("Content-Range"));
  const known = part.entity();
  const isOurs =
    status === 206 &&
    from > 0 &&
    range?.start === from &&
    known !== undefined &&
    fits(known, answer, range.size);
  if (!isOurs) {
    await part.discard();
    throw new ShardFailure("again", "changed", `HTTP ${status} with a part of another file`, { status });
  }
  if (length !== undefined && length !== range.end - range.start)
    throw new ShardFailure("again", "length", "the length of the answer contradicts its range");
  return range.end;
}

/** A part need not repeat what the whole file came with, but must not contradict it. */
function fits(known: Entity, answer: Answer, size: number): boolean {
  const seen = entityOf(answer, size);
  return (
    size === known.size &&
    (seen.etag === "" || seen.etag === known.etag) &&
    (seen.lastModified === "" || known.lastModified === "" || seen.lastModified === known.lastModified)
  );
}

async function receive(
  answer: Answer,
  end: number,
  part: Part,
  watch: Watch,
  { link, report }: TransferSettings & { readonly link: string },
): Promise<void> {
  const total = part.entity()?.size ?? 0;
  const pieces = answer.pieces();
  try {
    for (;;) {
      const { done, value } = await guarded(() => pieces.next(), link, watch);
      if (done) break;
      if (part.received() + value.length > end) {
        await part.discard();
        throw new ShardFailure("again", "length", `more bytes came than the ${end} that were said`);
      }
      await part.write(value);
      relieve(value.length);
      report(part.received(), total);
    }
  } finally {
    void pieces.return?.().catch(() => {});
  }
  if (part.received() < end) {
    const problem = `the connection broke off after ${part.received()} of ${end} bytes`;
    throw new ShardFailure("again", "network", problem);
  }
}
