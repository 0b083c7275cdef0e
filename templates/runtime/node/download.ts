import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { AbortError } from "../errors.js";
import { systemCode } from "../secrets.js";
import { DownloadError, type DownloadedFile, type DownloadFailure, ShardFailure } from "./download-error.js";
import { fileNames } from "./file-names.js";
import { type LinkFault, openLinks } from "./links.js";
import { type DownloadOptions, fullOptions, type LinkSource } from "./options.js";
import { fetchShard, type Run, type Shard } from "./shard.js";
import { removeSidecar } from "./sidecar.js";

/**
 * Downloads the file behind each link, several at once. A file is written as `<name>.part`, which is resumed after a broken
 * connection, and gets its name, the last part of the link's path, when its length is right.
 *
 * @param source gives the links, and fresh ones when a server refuses those.
 * @param action that the links are from, for errors.
 * @returns the files in the order of the links.
 * @throws DownloadError that names every file that is not complete; AbortError; ConfigurationError before anything is
 *   done; and what `source` throws.
 */
export async function downloadLinks(
  source: LinkSource,
  options: DownloadOptions,
  action = "",
): Promise<DownloadedFile[]> {
  const full = fullOptions(options);
  const controller = new AbortController();
  const { signal } = controller;
  // Each connection listens, and there may be many.
  setMaxListeners(0, signal);
  const outer = options.signal as AbortSignal | undefined;
  const onAbort = () => controller.abort(outer?.reason);
  if (outer?.aborted) onAbort();
  else outer?.addEventListener("abort", onAbort);
  try {
    await makeFolder(full.directory, action);
    if (outer?.aborted) throw abortError(action, outer);
    const links = await openLinks(source, signal);
    if (Array.isArray(links)) throw refusal(links, full.directory, action);
    const files = fileNames(links.paths).map((name) => resolve(full.directory, name));
    const shards = files.map((file, index) => ({ index, file }));
    const outcome = await fetchAll(shards, { links, options: full, signal }, () => controller.abort());
    if (outer?.aborted) throw abortError(action, outer);
    if (outcome.unexpected !== undefined) throw outcome.unexpected.error;
    const { done, failures } = outcome;
    if (failures.length > 0) throw partialError(failures, shards.length, done, action);
    await Promise.all(files.map(removeSidecar));
    return done;
  } finally {
    outer?.removeEventListener("abort", onAbort);
  }
}

/** What came of all files. */
interface Outcome {
  /** By position of the link, without those that failed. */
  readonly done: DownloadedFile[];
  /** By position of the link. */
  readonly failures: { readonly failure: DownloadFailure; readonly cause: unknown }[];
  /** What nobody foresaw, such as a failure of `onProgress`; `undefined` where there is none. */
  readonly unexpected: { readonly error: unknown } | undefined;
}

/** Fetches every file, even where others fail: what is complete need not be fetched again. */
async function fetchAll(shards: readonly Shard[], run: Run, abort: () => void): Promise<Outcome> {
  const done: DownloadedFile[] = [];
  const failures: Outcome["failures"][number][] = [];
  let unexpected: Outcome["unexpected"];
  const queue = shards.values();

  async function work(): Promise<void> {
    for (const shard of queue) {
      if (run.signal.aborted) return;
      try {
        done[shard.index] = await fetchShard(shard, run);
      } catch (error) {
        if (error instanceof ShardFailure) failures[shard.index] = toFailure(shard, error);
        else {
          unexpected ??= { error };
          abort();
        }
      }
    }
  }

  const workers = Math.min(run.options.concurrency, shards.length);
  await Promise.all(Array.from({ length: workers }, work));
  // Leaves out the positions that nothing was put in.
  return { done: Object.values(done), failures: Object.values(failures), unexpected };
}

function toFailure({ index, file }: Shard, { reason, message, status, code, cause }: ShardFailure) {
  return { failure: { shard: index, file, reason, problem: message, status, code }, cause };
}

function partialError(
  failures: Outcome["failures"],
  total: number,
  done: readonly DownloadedFile[],
  action: string,
): DownloadError {
  const list = failures.map(
    ({ failure: { shard, file, problem } }) => `shard ${shard} (${basename(file)}): ${problem}`,
  );
  const cause = failures.find((one) => one.cause !== undefined)?.cause;
  return new DownloadError(
    `${failures.length} of ${total} files are not complete. ${list.join("; ")}.`,
    { action, cause },
    failures.map(({ failure }) => failure),
    done,
  );
}

/** The answer as a whole cannot be used. */
function refusal(faults: readonly LinkFault[], directory: string, action: string): DownloadError {
  const list = faults.map(({ shard, problem }) =>
    shard === undefined ? problem : `link ${shard} ${problem}`,
  );
  const failures = faults.flatMap(({ shard, problem }) =>
    shard === undefined
      ? []
      : [
          {
            shard,
            file: resolve(directory, `shard-${shard}`),
            reason: "link" as const,
            problem,
            status: undefined,
            code: "",
          },
        ],
  );
  return new DownloadError(`${list.join("; ")}. Nothing was downloaded.`, { action }, failures);
}

async function makeFolder(directory: string, action: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    const code = systemCode(cause);
    throw new DownloadError(`the directory cannot be made${code && ` (${code})`}.`, { action, cause });
  }
}

function abortError(action: string, { reason }: AbortSignal): AbortError {
  return new AbortError({ action, cause: reason }, "what has arrived is in `.part` files");
}
