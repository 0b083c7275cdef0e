import { ConfigurationError } from "../errors.js";
import type { Fetch, PlatformSignal } from "../platform.js";
import type { RetryContext } from "../retry.js";
import { type Ask, ask, askWith } from "./answer.js";

/** Gives the links of all files, each time it is asked; or the links themselves, which then cannot be renewed. */
export type LinkSource =
  | readonly string[]
  | ((signal: PlatformSignal) => Promise<string | readonly string[] | undefined>);

/** How far one file is. */
export interface DownloadProgress {
  /** Position of its link in the answer, from 0. */
  readonly shard: number;
  /** Path that the file will have. */
  readonly file: string;
  /** Bytes that are on disk; less than before where the file has to be started anew. */
  readonly received: number;
  /** Bytes of the whole file. */
  readonly total: number;
}

/** How to download. */
export interface DownloadOptions {
  /** Folder that the files are written to; made where it is not there. No other download may write there meanwhile. */
  readonly directory: string;
  /** Files that are downloaded at once. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Is told of every piece that arrives. What it throws ends the download. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Ends everything at once; what has arrived stays in `.part` files, and a later download goes on from there. */
  readonly signal?: PlatformSignal | undefined;
  /** Whether finished files of the same name may be replaced. Default: false, they are a failure. */
  readonly overwrite?: boolean | undefined;
  /** How often a file may fail without getting a mebibyte further. Default: 5. */
  readonly maxRetries?: number | undefined;
  /** How long a server may send nothing before the connection is given up, in milliseconds; 0 for no limit. Default: 30 seconds. */
  readonly stallTimeout?: number | undefined;
  /** How long to wait before a retry, in milliseconds. Default: exponential from a second, with full jitter. */
  readonly retryDelay?: ((context: RetryContext) => number) | undefined;
  /** Fetches the files in place of Node's own client, for a proxy or a test. */
  readonly fetch?: Fetch | undefined;
}

/** The options with everything that may be left out. */
export type FullOptions = {
  readonly [Name in Exclude<keyof DownloadOptions, "fetch" | "signal">]-?: NonNullable<DownloadOptions[Name]>;
} & { readonly ask: Ask };

const longestBackoff = 20_000;
const longestAsked = 60_000;

/** A download takes long and is worth waiting for: it is patient where a call is not. */
function patientDelay({ attempt, retryAfter = 0 }: RetryContext): number {
  const bound = Math.min(longestBackoff, 1_000 * 2 ** (attempt - 1));
  return Math.max(Math.random() * bound, Math.min(retryAfter, longestAsked));
}

/**
 * Fills in the defaults.
 *
 * @throws ConfigurationError that names everything that is wrong.
 */
export function fullOptions(options: DownloadOptions): FullOptions {
  const {
    directory,
    concurrency = 4,
    onProgress = () => {},
    overwrite = false,
    maxRetries = 5,
    stallTimeout = 30_000,
    retryDelay = patientDelay,
    fetch,
  } = (options ?? {}) as DownloadOptions;
  const faults: string[] = [];
  if (typeof directory !== "string" || directory === "")
    faults.push("directory must be the path of a folder");
  if (!Number.isInteger(concurrency) || concurrency < 1)
    faults.push("concurrency must be a whole number from 1");
  if (!Number.isInteger(maxRetries) || maxRetries < 0)
    faults.push("maxRetries must be a whole number, 0 for none");
  if (typeof stallTimeout !== "number" || !(stallTimeout >= 0))
    faults.push("stallTimeout must be a number of milliseconds, 0 for no limit");
  for (const [name, value] of Object.entries({ onProgress, retryDelay, fetch: fetch ?? ask })) {
    if (typeof value !== "function") faults.push(`${name} must be a function`);
  }
  if (faults.length > 0) throw new ConfigurationError(`${faults.join("; ")}.`);
  return {
    directory,
    concurrency,
    onProgress,
    overwrite,
    maxRetries,
    stallTimeout,
    retryDelay,
    ask: fetch === undefined ? ask : askWith(fetch),
  };
}
