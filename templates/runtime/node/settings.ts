import { ConfigurationError } from "../errors.js";
import type { RetryContext } from "../retry.js";
import { fetchClient, type HttpClient, nodeClient } from "./http-client.js";
import type { DirectoryOptions, DownloadOptions, SinkOptions, TransferOptions } from "./options.js";

/** Options of a download with defaults filled in. */
export type DownloadSettings = {
  readonly [Name in Exclude<keyof TransferOptions, "fetch" | "fileName" | "signal">]-?: NonNullable<
    TransferOptions[Name]
  >;
} & Pick<TransferOptions, "fileName"> & {
    readonly client: HttpClient;
    /** `undefined` with a sink. */
    readonly directory: string | undefined;
    readonly existing: NonNullable<DirectoryOptions["existing"]>;
    readonly sink: SinkOptions["sink"] | undefined;
  };

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
    sink,
    fileName,
    concurrency = 4,
    onProgress = () => {},
    existing = "skip",
    maxRetries = 5,
    stallTimeout = 30_000,
    retryDelay = defaultRetryDelay,
    allowPrivateRedirects = false,
    fetch,
  } = (options ?? {}) as DownloadOptions;
  const hasDirectory = typeof directory === "string" && directory !== "";
  const checks: [isValid: boolean, problem: string][] = [
    [sink !== undefined || hasDirectory, "directory must be a non-empty path, unless there is a sink"],
    [
      sink === undefined || (directory ?? options.existing) === undefined,
      "directory and existing are for files: omit them, or the sink",
    ],
    [isFunctionIfSet(sink), "sink must be a function that returns a WritableStream"],
    [isFunctionIfSet(fileName), "fileName must be a function"],
    [["skip", "error", "replace"].includes(existing), 'existing must be "skip", "error" or "replace"'],
    [Number.isInteger(concurrency) && concurrency >= 1, "concurrency must be an integer of at least 1"],
    [Number.isInteger(maxRetries) && maxRetries >= 0, "maxRetries must be an integer of at least 0"],
    [
      typeof stallTimeout === "number" && stallTimeout >= 0,
      "stallTimeout must be a number of milliseconds, 0 for no limit",
    ],
    [typeof onProgress === "function", "onProgress must be a function"],
    [typeof retryDelay === "function", "retryDelay must be a function"],
    [typeof allowPrivateRedirects === "boolean", "allowPrivateRedirects must be true or false"],
    [isFunctionIfSet(fetch), "fetch must be a function"],
  ];
  const problems = checks.flatMap(([isValid, problem]) => (isValid ? [] : [problem]));
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}.`);
  const client = fetch === undefined ? nodeClient : fetchClient(fetch);
  const times = { maxRetries, stallTimeout, retryDelay };
  return {
    directory,
    sink,
    fileName,
    existing,
    concurrency,
    onProgress,
    allowPrivateRedirects,
    ...times,
    client,
  };
}

function isFunctionIfSet(value: unknown): boolean {
  return value === undefined || typeof value === "function";
}

const names: Readonly<Record<keyof DirectoryOptions, true>> = {
  directory: true,
  existing: true,
  sink: true,
  fileName: true,
  concurrency: true,
  onProgress: true,
  signal: true,
  maxRetries: true,
  stallTimeout: true,
  retryDelay: true,
  allowPrivateRedirects: true,
  fetch: true,
};

/** The options that are not those of a download, for the calls that request the links. */
export function callOptions<Options extends DownloadOptions>(
  options: Options,
): Omit<Options, keyof DownloadOptions> {
  const others = Object.entries(options).filter(([name]) => !(name in names));
  return Object.fromEntries(others) as Omit<Options, keyof DownloadOptions>;
}
