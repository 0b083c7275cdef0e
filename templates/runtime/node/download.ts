import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { onAbort } from "../deadline.js";
import { AbortError, ConfigurationError } from "../errors.js";
import { systemCode } from "../secrets.js";
import { AttemptError, DownloadError, type DownloadedFile, type DownloadFailure } from "./download-error.js";
import { downloadFile, type Run } from "./file-download.js";
import { fileNames, nameProblem } from "./file-names.js";
import { createLinks, linkProblem, requestLinks } from "./links.js";
import type { DownloadItem, DownloadOptions, LinkSource } from "./options.js";
import { type DownloadSettings, resolveOptions } from "./settings.js";

/**
 * Downloads the files of links into a directory, or to streams. Each file is named after the last segment of its link's path. It
 * is written as `<name>.part`, resumed after a lost connection, and renamed when its length is right.
 *
 * @param source links, or a function that requests them, called again when a server rejects them.
 * @param action name of the action that returns the links, for error messages.
 * @returns files in the order of the links, including those that existed.
 * @throws DownloadError with every incomplete file; AbortError; ConfigurationError before anything is downloaded; and
 *   errors of `source`, `fileName` and `onProgress`.
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
    const { directory = "" } = settings;
    if (callerSignal?.aborted) throw abortError(action, settings, callerSignal);
    if (directory !== "") await createDirectory(directory, action);
    const first = await requestLinks(source, signal);
    const pathOf = (name: string) => (directory === "" ? name : resolve(directory, name));
    checkLinks(first, pathOf, action);
    const links = createLinks(first, source, signal);
    const items = nameItems(links.paths, settings);
    const files = items.map(({ name }) => pathOf(name));
    const run = { ...settings, links, signal };
    const { done, failures, cause } = await downloadAll(items, files, run, (error) =>
      controller.abort(error),
    );
    if (callerSignal?.aborted) throw abortError(action, settings, callerSignal);
    signal.throwIfAborted();
    if (failures.length > 0) {
      const list = failures.map(
        ({ shard, file, problem }) => `shard ${shard} (${basename(file)}): ${problem}`,
      );
      const message = `${failures.length} of ${files.length} files are incomplete. ${list.join("; ")}.`;
      throw new DownloadError(message, { action, cause }, failures, done);
    }
    return done;
  } finally {
    release?.();
  }
}

/** Downloads all files, even if some fail, since a later download does not repeat the complete ones. */
async function downloadAll(
  items: readonly DownloadItem[],
  files: readonly string[],
  run: Run,
  stop: (error: unknown) => void,
) {
  const done: DownloadedFile[] = [];
  const failures: DownloadFailure[] = [];
  let cause: unknown;
  const queue = items.values();

  async function work(): Promise<void> {
    for (const item of queue) {
      if (run.signal.aborted) return;
      const { shard } = item;
      const file = files[shard] as string;
      try {
        done[shard] = await downloadFile(item, file, run);
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
function checkLinks(links: readonly unknown[], pathOf: (name: string) => string, action: string): void {
  const failures = links.flatMap((_, shard): DownloadFailure[] => {
    const problem = linkProblem(links, shard);
    const file = pathOf(`shard-${shard}`);
    return problem === undefined
      ? []
      : [{ shard, file, reason: "link", problem, status: undefined, code: "" }];
  });
  if (links.length > 0 && failures.length === 0) return;
  const list = failures.map(({ shard, problem }) => `link ${shard} ${problem}`);
  const message = list.join("; ") || "the response contains no links";
  throw new DownloadError(`${message}. Nothing was downloaded.`, { action }, failures);
}

/** Names the files. @throws ConfigurationError if a name of the option `fileName` cannot be used. */
function nameItems(paths: readonly string[], { fileName }: DownloadSettings): DownloadItem[] {
  const items = fileNames(paths).map((name, shard) => ({ shard, name, path: paths[shard] as string }));
  if (fileName === undefined) return items;
  const names = items.map((item) => fileName(item));
  const problems = names.flatMap((name, shard) => {
    const problem = nameProblem(name, names.slice(0, shard));
    return problem === undefined
      ? []
      : [`fileName returned ${JSON.stringify(name)} for link ${shard}, which ${problem}`];
  });
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}. Nothing was downloaded.`);
  return items.map((item, shard) => ({ ...item, name: names[shard] as string }));
}

async function createDirectory(directory: string, action: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    const code = systemCode(cause);
    throw new DownloadError(`the directory cannot be created${code && ` (${code})`}.`, { action, cause });
  }
}

function abortError(action: string, { sink }: DownloadSettings, { reason }: AbortSignal): AbortError {
  const bytes = sink === undefined ? "the bytes received are in `.part` files" : "its streams are aborted";
  return new AbortError({ action, cause: reason }, bytes);
}
