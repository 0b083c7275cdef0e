import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { onAbort } from "../deadline.js";
import { AbortError } from "../errors.js";
import { systemCode } from "../secrets.js";
import { AttemptError, DownloadError, type DownloadedFile, type DownloadFailure } from "./download-error.js";
import { downloadFile, type Run } from "./file-download.js";
import { fileNames } from "./file-names.js";
import { createLinks, linkProblem, requestLinks } from "./links.js";
import { type DownloadOptions, type LinkSource, resolveOptions } from "./options.js";
import { removeSidecar } from "./partial-file.js";

/**
 * Downloads the files of links into a directory. Each file is named after the last segment of its link's path. It is written
 * as `<name>.part`, resumed after a lost connection, and renamed when its length is right.
 *
 * @param source links, or a function that requests them, called again when a server rejects them.
 * @param action name of the action that returns the links, for error messages.
 * @returns files in the order of the links.
 * @throws DownloadError with every incomplete file; AbortError; ConfigurationError before anything is downloaded; and
 *   errors of `source`.
 */
export async function downloadLinks(
  source: LinkSource,
  options: DownloadOptions,
  action = "",
): Promise<DownloadedFile[]> {
  const settings = resolveOptions(options);
  const callerSignal = options.signal as AbortSignal | undefined;
  const controller = new AbortController();
  const { signal } = controller;
  // Every connection listens to the signal.
  setMaxListeners(0, signal);
  const release = callerSignal && onAbort(callerSignal, () => controller.abort(callerSignal.reason));
  try {
    if (callerSignal?.aborted) throw abortError(action, callerSignal);
    await createDirectory(settings.directory, action);
    const first = await requestLinks(source, signal);
    checkLinks(first, settings.directory, action);
    const links = createLinks(first, source, signal);
    const files = fileNames(links.paths).map((name) => resolve(settings.directory, name));
    const run = { ...settings, links, signal };
    const { done, failures, cause } = await downloadAll(files, run, (error) => controller.abort(error));
    if (callerSignal?.aborted) throw abortError(action, callerSignal);
    signal.throwIfAborted();
    if (failures.length > 0) {
      const list = failures.map(
        ({ shard, file, problem }) => `shard ${shard} (${basename(file)}): ${problem}`,
      );
      const message = `${failures.length} of ${files.length} files are incomplete. ${list.join("; ")}.`;
      throw new DownloadError(message, { action, cause }, failures, done);
    }
    await Promise.all(files.map(removeSidecar));
    return done;
  } finally {
    release?.();
  }
}

/** Downloads all files, even if some fail, since a later download does not repeat the complete ones. */
async function downloadAll(files: readonly string[], run: Run, stop: (error: unknown) => void) {
  const done: DownloadedFile[] = [];
  const failures: DownloadFailure[] = [];
  let cause: unknown;
  const queue = files.entries();

  async function work(): Promise<void> {
    for (const [shard, file] of queue) {
      if (run.signal.aborted) return;
      try {
        done[shard] = { file, size: await downloadFile(shard, file, run) };
      } catch (error) {
        if (!(error instanceof AttemptError)) return stop(error);
        const { reason, message: problem, status, code } = error;
        failures[shard] = { shard, file, reason, problem, status, code };
        cause ??= error.cause;
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(run.concurrency, files.length) }, work));
  // `Object.values` omits the holes.
  return { done: Object.values(done), failures: Object.values(failures), cause };
}

/** @throws DownloadError if there are no links or one of them cannot be used. */
function checkLinks(links: readonly unknown[], directory: string, action: string): void {
  const failures = links.flatMap((_, shard): DownloadFailure[] => {
    const problem = linkProblem(links, shard);
    const file = resolve(directory, `shard-${shard}`);
    return problem === undefined
      ? []
      : [{ shard, file, reason: "link", problem, status: undefined, code: "" }];
  });
  if (links.length > 0 && failures.length === 0) return;
  const list = failures.map(({ shard, problem }) => `link ${shard} ${problem}`);
  const message = list.join("; ") || "the response contains no links";
  throw new DownloadError(`${message}. Nothing was downloaded.`, { action }, failures);
}

async function createDirectory(directory: string, action: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    const code = systemCode(cause);
    throw new DownloadError(`the directory cannot be created${code && ` (${code})`}.`, { action, cause });
  }
}

function abortError(action: string, { reason }: AbortSignal): AbortError {
  return new AbortError({ action, cause: reason }, "the bytes received are in `.part` files");
}
