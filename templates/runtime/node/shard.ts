import { setTimeout as wait } from "node:timers/promises";
import { type DownloadedFile, ShardFailure } from "./download-error.js";
import type { Links } from "./links.js";
import type { FullOptions } from "./options.js";
import { finishedEarlier, openPart, type Part, refuseExisting } from "./part.js";
import { isStill, transfer } from "./transfer.js";

/** One file to fetch. */
export interface Shard {
  readonly index: number;
  /** Path that it will have. */
  readonly file: string;
}

/** What all files of a download have in common. */
export interface Run {
  readonly links: Links;
  readonly options: FullOptions;
  readonly signal: AbortSignal;
}

/** Files that are being written by this program. */
const busy = new Set<string>();

/** How often in a row fresh links may be refused. */
const mostRenewals = 3;

/** What makes up for failures, in bytes: else a long file on a bad line would never come to its end. */
const headway = 2 ** 20;

/**
 * Fetches one file, over as many connections as it takes and may take.
 *
 * @throws ShardFailure, and what `onProgress` throws.
 */
export async function fetchShard(shard: Shard, run: Run): Promise<DownloadedFile> {
  const { file } = shard;
  if (busy.has(file)) throw new ShardFailure("none", "busy", "another download is writing it");
  busy.add(file);
  try {
    return (await confirmEarlier(shard, run)) ?? (await fetchPart(shard, run));
  } finally {
    busy.delete(file);
  }
}

/** A file that an earlier run finished, if it is still the same; `undefined` where there is none and it is to be fetched. */
async function confirmEarlier({ index, file }: Shard, run: Run): Promise<DownloadedFile | undefined> {
  const { links, options } = run;
  const path = links.paths[index] ?? "";
  const entity = await finishedEarlier(file, path);
  const settings = settingsOf({ index, file }, run);
  const isConfirmed =
    entity !== undefined &&
    (await persist(
      index,
      run,
      () => 0,
      (link) => isStill(link, entity, settings),
    ));
  if (isConfirmed && entity !== undefined) {
    settings.report(entity.size, entity.size);
    return { file, size: entity.size };
  }
  if (!options.overwrite) await refuseExisting(file);
  return undefined;
}

async function fetchPart({ index, file }: Shard, run: Run): Promise<DownloadedFile> {
  const { links, options } = run;
  const part: Part = await openPart(file, links.paths[index] ?? "", options.overwrite);
  const settings = settingsOf({ index, file }, run);
  try {
    return await persist(index, run, part.received, async (link) => {
      await transfer(link, part, settings);
      await part.finish();
      return { file, size: part.received() };
    });
  } finally {
    // Closed twice is closed once.
    await part.close().catch(() => {});
  }
}

function settingsOf({ index, file }: Shard, { options, signal }: Run) {
  const { ask, stallTimeout, onProgress } = options;
  const report = (received: number, total: number) => onProgress({ shard: index, file, received, total });
  return { ask, stallTimeout, signal, report };
}

/** Makes attempts until one succeeds, with fresh links and after waits where these help, and no more than may be. */
async function persist<Result>(
  index: number,
  { links, options, signal }: Run,
  received: () => number,
  attempt: (link: string) => Promise<Result>,
): Promise<Result> {
  let failures = 0;
  let renewals = 0;
  let furthest = received();
  for (;;) {
    const link = links.of(index);
    try {
      return await attempt(link);
    } catch (failure) {
      signal.throwIfAborted();
      if (!(failure instanceof ShardFailure) || failure.remedy === "none") throw failure;
      if (received() >= furthest + headway) {
        failures = 0;
        renewals = 0;
        furthest = received();
      }
      const isExpired = failure.remedy === "renew";
      if (isExpired) renewals += 1;
      else failures += 1;
      if (failures > options.maxRetries || renewals > mostRenewals) throw failure;
      // The first fresh link can be had at once; to ask for more in a hurry would not help.
      if (!isExpired || renewals > 1) {
        const { status, retryAfter } = failure;
        const throttled = status === 429 || status === 503;
        const moment = { attempt: isExpired ? renewals - 1 : failures, throttled, retryAfter };
        await wait(options.retryDelay(moment), undefined, { signal });
      }
      if (isExpired) await links.renew(index, link);
    }
  }
}
