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
import { guarded, request } from "./request.js";
import { startWatch, type Watch } from "./watch.js";

/** What an attempt is made with. */
export interface TransferSettings extends Pick<FullOptions, "fetch" | "stallTimeout"> {
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
    const response = await request(link, from === 0 ? {} : rangeFrom(from, part.entity()), watch, settings);
    const end = await place(response, from, part);
    const total = part.entity()?.size ?? 0;
    settings.report(part.received(), total);
    await receive(response, end, part, watch, { ...settings, link });
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
    const response = await request(link, headers, watch, settings);
    const { status, headers: answer } = response;
    if (status === 416) return false;
    const size =
      status === 206
        ? readContentRange(answer.get("Content-Range"))?.size
        : readContentLength(answer.get("Content-Length"));
    return size !== undefined && isSameEntity(entity, entityOf(answer, size));
  } finally {
    watch.stop();
  }
}

function rangeFrom(start: number, entity: Entity | undefined): Record<string, string> {
  return { Range: `bytes=${start}-`, "If-Range": entity === undefined ? "" : validatorOf(entity) };
}

/** Holds an answer against the part, which is started anew where the answer is the whole file. @returns where the answer ends. */
async function place(response: Response, from: number, part: Part): Promise<number> {
  const { status, headers } = response;
  if (!/^(?:identity)?$/i.test(headers.get("Content-Encoding") ?? ""))
    throw new ShardFailure(
      "none",
      "length",
      "the server compresses the file, so that its length is not known",
    );
  const length = readContentLength(headers.get("Content-Length"));
  if (status === 200) {
    if (length === undefined)
      throw new ShardFailure("none", "length", "the server does not say how long the file is");
    await part.begin(entityOf(headers, length));
    return length;
  }
  const range = readContentRange(headers.get("Content-Range"));
  const known = part.entity();
  const isOurs =
    status === 206 &&
    from > 0 &&
    range?.start === from &&
    known !== undefined &&
    fits(known, headers, range.size);
  if (!isOurs) {
    await part.discard();
    throw new ShardFailure("again", "changed", `HTTP ${status} with a part of another file`, { status });
  }
  if (length !== undefined && length !== range.end - range.start)
    throw new ShardFailure("again", "length", "the length of the answer contradicts its range");
  return range.end;
}

/** A part need not repeat what the whole file came with, but must not contradict it. */
function fits(known: Entity, headers: Headers, size: number): boolean {
  const seen = entityOf(headers, size);
  return (
    size === known.size &&
    (seen.etag === "" || seen.etag === known.etag) &&
    (seen.lastModified === "" || known.lastModified === "" || seen.lastModified === known.lastModified)
  );
}

async function receive(
  response: Response,
  end: number,
  part: Part,
  watch: Watch,
  { link, report }: TransferSettings & { readonly link: string },
): Promise<void> {
  const total = part.entity()?.size ?? 0;
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  try {
    for (;;) {
      const { done, value } = await guarded(async () => await (reader?.read() ?? finished), link, watch);
      if (done || value === undefined) break;
      if (part.received() + value.length > end) {
        await part.discard();
        throw new ShardFailure("again", "length", `more bytes came than the ${end} that were said`);
      }
      await part.write(value);
      report(part.received(), total);
    }
  } finally {
    void reader?.cancel().catch(() => {});
  }
  if (part.received() < end) {
    const problem = `the connection broke off after ${part.received()} of ${end} bytes`;
    throw new ShardFailure("again", "network", problem);
  }
}

const finished = { done: true, value: undefined } as const;
