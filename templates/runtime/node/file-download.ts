import { setTimeout as wait } from "node:timers/promises";
import { AttemptError } from "./download-error.js";
import type { Links } from "./links.js";
import type { DownloadSettings } from "./options.js";
import { completedVersion, PartialFile, rejectExisting } from "./partial-file.js";
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
 * @returns size of the file.
 * @throws AttemptError, and errors of `onProgress`.
 */
export async function downloadFile(shard: number, file: string, run: Run): Promise<number> {
  if (busy.has(file)) throw new AttemptError("none", "busy", "another download is writing the file");
  busy.add(file);
  const report = (received: number, total: number) => run.onProgress({ shard, file, received, total });
  const linkPath = run.links.paths[shard] ?? "";
  try {
    const version = await completedVersion(file, linkPath);
    if (
      version !== undefined &&
      (await retrying(shard, run, undefined, (link) => isCurrent(link, version, run)))
    ) {
      report(version.size, version.size);
      return version.size;
    }
    if (!run.overwrite) await rejectExisting(file);
    const partial = await PartialFile.open(file, linkPath);
    try {
      return await retrying(shard, run, partial, async (link) => {
        await transfer(link, partial, run, report);
        await partial.finish(run.overwrite);
        return partial.received;
      });
    } finally {
      await partial.close();
    }
  } finally {
    busy.delete(file);
  }
}

/** Makes attempts until one succeeds or the limits are reached, with waits and fresh links as needed. */
async function retrying<Result>(
  shard: number,
  { links, signal, maxRetries, retryDelay }: Run,
  partial: PartialFile | undefined,
  attempt: (link: string) => Promise<Result>,
): Promise<Result> {
  const received = () => partial?.received ?? 0;
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
