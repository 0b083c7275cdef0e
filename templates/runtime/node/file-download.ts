import { setTimeout as wait } from "node:timers/promises";
import { AttemptError, type DownloadedFile } from "./download-error.js";
import { ComparedFile, isTaken, recordedVersion, rejectExisting } from "./existing-file.js";
import type { Links } from "./links.js";
import type { DownloadItem } from "./options.js";
import { PartialFile } from "./partial-file.js";
import type { DownloadSettings } from "./settings.js";
import { SinkStream } from "./sink-stream.js";
import type { Target } from "./target.js";
import { isCurrent, transfer } from "./transfer.js";

/** Values shared by all files of a download. */
export interface Run extends DownloadSettings {
  readonly links: Links;
  readonly signal: AbortSignal;
}

/** Files that this process is writing. */
const busy = new Set<string>();

/** Limit on successive rejections of fresh links. */
const maxRenewals = 3;

/** Bytes of progress that reset the counts of failures, so that a large file on an unreliable connection completes eventually. */
const significantProgress = 2 ** 20;

/**
 * Downloads one file, over several connections if necessary.
 *
 * @param file path of the file; with a sink, its name.
 * @throws AttemptError, and errors of `onProgress`.
 */
export async function downloadFile(item: DownloadItem, file: string, run: Run): Promise<DownloadedFile> {
  const { shard, path } = item;
  if (run.sink !== undefined) return await fill(new SinkStream(run.sink, item, run.signal), shard, file, run);
  if (busy.has(file)) throw new AttemptError("none", "busy", "another download is writing the file");
  busy.add(file);
  try {
    if (run.existing === "error") await rejectExisting(file);
    const version = await recordedVersion(file, path);
    if (
      version !== undefined &&
      (await retrying(shard, run, undefined, (link) => isCurrent(link, version, run)))
    ) {
      run.onProgress({ shard, file, received: version.size, total: version.size });
      return { file, size: version.size, skipped: true };
    }
    const replaces = run.existing === "replace";
    const isCompared = !replaces && (await isTaken(file));
    const target = await (isCompared
      ? ComparedFile.open(file, path)
      : PartialFile.open(file, path, replaces));
    return { ...(await fill(target, shard, file, run)), skipped: isCompared };
  } finally {
    busy.delete(file);
  }
}

/** Downloads a file into a target. */
async function fill(target: Target, shard: number, file: string, run: Run): Promise<DownloadedFile> {
  const report = (received: number, total: number) => run.onProgress({ shard, file, received, total });
  try {
    await retrying(shard, run, target, async (link) => {
      await transfer(link, target, run, report);
      await target.finish();
    });
  } catch (error) {
    await target.abandon(error);
    throw error;
  }
  return { file, size: target.received, skipped: false };
}

/** Makes attempts until one succeeds or the limits are reached, with waits and fresh links as needed. */
async function retrying<Result>(
  shard: number,
  { links, signal, maxRetries, retryDelay }: Run,
  target: Target | undefined,
  attempt: (link: string) => Promise<Result>,
): Promise<Result> {
  const received = () => target?.received ?? 0;
  let failures = 0;
  let renewals = 0;
  let milestone = received() + significantProgress;
  for (;;) {
    const link = links.current(shard);
    try {
      return await attempt(link);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AttemptError) || error.remedy === "none") throw error;
      if (received() >= milestone) {
        failures = 0;
        renewals = 0;
        milestone = received() + significantProgress;
      }
      const isExpired = error.remedy === "renew";
      if (isExpired) renewals += 1;
      else failures += 1;
      if (failures > maxRetries || renewals > maxRenewals) throw error;
      // The first fresh link is requested at once. If the server rejects that too, it may need time.
      if (!isExpired || renewals > 1) {
        const { status, retryAfter } = error;
        const throttled = status === 429 || status === 503;
        const delay = retryDelay({ attempt: isExpired ? renewals - 1 : failures, throttled, retryAfter });
        await wait(delay, undefined, { signal });
      }
      if (isExpired) await links.renew(shard, link);
    }
  }
}
