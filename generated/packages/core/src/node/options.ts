import { ConfigurationError } from "../errors.js";
import type { Fetch, PlatformSignal } from "../platform.js";
import type { RetryContext } from "../retry.js";
import { fetchClient, type HttpClient, nodeClient } from "./http-client.js";

/** Function that requests the links of all files; or the links, which then cannot be renewed. */
export type LinkSource =
  | readonly string[]
  | ((signal: PlatformSignal) => Promise<string | readonly string[] | undefined>);

/** Progress of one file. */
export interface DownloadProgress {
  /** Index of the link in the response. */
  readonly shard: number;
  /** Path of the file once it is complete. */
  readonly file: string;
  /** Bytes on disk. Decreases if the file has to be started over. */
  readonly received: number;
  /** Size of the file in bytes. */
  readonly total: number;
}

/** Options of a download. */
export interface DownloadOptions {
  /** Directory for the files; created if it does not exist. Only one download may write to it at a time. */
  readonly directory: string;
  /** Maximum number of simultaneous downloads. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Callback after each chunk. An exception that it throws stops the download. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Signal that stops the download at once. A later download resumes the `.part` files. */
  readonly signal?: PlatformSignal | undefined;
  /** Whether to replace existing files of the same name. Default: false, an existing file is a failure. */
  readonly overwrite?: boolean | undefined;
  /** Maximum number of failures of a file within one mebibyte of progress. Default: 5. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds that a server may send nothing before the connection is closed; 0 for no limit. Default: 30,000. */
  readonly stallTimeout?: number | undefined;
  /** Function that returns the milliseconds to wait before a retry. Default: exponential from 1,000, with full jitter. */
  readonly retryDelay?: ((context: RetryContext) => number) | undefined;
  /** Function that replaces Node's HTTP client, for a proxy or a test. */
  readonly fetch?: Fetch | undefined;
}

/** Options of a download with defaults filled in. */
export type DownloadSettings = {
  readonly [Name in Exclude<keyof DownloadOptions, "fetch" | "signal">]-?: NonNullable<DownloadOptions[Name]>;
} & { readonly client: HttpClient };

const maxBackoff = 20_000;
const maxRetryAfter = 60_000;

/** Waits longer than a call does, since no user is waiting for a response. */
function defaultRetryDelay({ attempt, retryAfter = 0 }: RetryContext): number {
  const bound = Math.min(maxBackoff, 1_000 * 2 ** (attempt - 1));
  return Math.max(Math.random() * bound, Math.min(retryAfter, maxRetryAfter));
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws ConfigurationError with every invalid option.
 */
export function resolveOptions(options: DownloadOptions): DownloadSettings {
  const {
    directory,
    concurrency = 4,
    onProgress = () => {},
    overwrite = false,
    maxRetries = 5,
    stallTimeout = 30_000,
    retryDelay = defaultRetryDelay,
    fetch,
  } = (options ?? {}) as DownloadOptions;
  const checks: [isValid: boolean, problem: string][] = [
    [typeof directory === "string" && directory !== "", "directory must be a non-empty path"],
    [Number.isInteger(concurrency) && concurrency >= 1, "concurrency must be an integer of at least 1"],
    [Number.isInteger(maxRetries) && maxRetries >= 0, "maxRetries must be an integer of at least 0"],
    [
      typeof stallTimeout === "number" && stallTimeout >= 0,
      "stallTimeout must be a number of milliseconds, 0 for no limit",
    ],
    [typeof onProgress === "function", "onProgress must be a function"],
    [typeof retryDelay === "function", "retryDelay must be a function"],
    [fetch === undefined || typeof fetch === "function", "fetch must be a function"],
  ];
  const problems = checks.flatMap(([isValid, problem]) => (isValid ? [] : [problem]));
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}.`);
  const client = fetch === undefined ? nodeClient : fetchClient(fetch);
  return { directory, concurrency, onProgress, overwrite, maxRetries, stallTimeout, retryDelay, client };
}
