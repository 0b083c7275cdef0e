import type { Fetch, PlatformSignal, PlatformWritableStream } from "../platform.js";
import type { RetryContext } from "../retry.js";

/** Function that requests the links of all files; or the links, which then cannot be renewed. */
export type LinkSource =
  | readonly string[]
  | ((signal: PlatformSignal) => Promise<string | readonly string[] | undefined>);

/** Progress of one file. */
export interface DownloadProgress {
  /** Index of the link in the response. */
  readonly shard: number;
  /** Path of the file once it is complete; with a `sink`, its name. */
  readonly file: string;
  /** Valid bytes so far. Decreases if the file has to be started over. */
  readonly received: number;
  /** Size of the file in bytes. */
  readonly total: number;
}

/** Link to a file, without its secret query. */
export interface DownloadItem {
  /** Index of the link in the response. */
  readonly shard: number;
  /** Name of the file: the last segment of the link's path, changed where it is not a safe name or not unique. */
  readonly name: string;
  /** Path of the link's URL. */
  readonly path: string;
}

/** File for which a `sink` opens a stream. */
export interface SinkItem extends DownloadItem {
  /** Size of the file in bytes. */
  readonly size: number;
}

/** Function that opens a stream for the bytes of a file. */
export type Sink = (item: SinkItem) => PlatformWritableStream | Promise<PlatformWritableStream>;

/** Options of every download. */
export interface TransferOptions {
  /**
   * Function that returns the name of a file, instead of the last segment of the link's path. Names must be unique and valid on
   * every system: no path, no hidden file, no device of Windows such as `nul`. Otherwise nothing is downloaded.
   */
  readonly fileName?: ((item: DownloadItem) => string) | undefined;
  /** Maximum number of simultaneous downloads. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Callback after each chunk. An exception that it throws stops the download. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /**
   * Signal that stops the download at once, and the only limit on its whole duration: `AbortSignal.timeout(3_600_000)`. A later
   * download resumes the `.part` files.
   */
  readonly signal?: PlatformSignal | undefined;
  /** Maximum number of failures of a file within one mebibyte of progress. Default: 5. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds that a server may send nothing before the connection is closed; 0 for no limit. Default: 30,000. */
  readonly stallTimeout?: number | undefined;
  /** Function that returns the milliseconds to wait before a retry. Default: exponential from 1,000, with full jitter. */
  readonly retryDelay?: ((context: RetryContext) => number) | undefined;
  /** Whether a public host may redirect to a loopback, link-local or private address. Default: false. */
  readonly allowPrivateRedirects?: boolean | undefined;
  /** Function that replaces Node's HTTP client for the files, for a proxy or a test. */
  readonly fetch?: Fetch | undefined;
}

/** Options of a download to files. */
export interface DirectoryOptions extends TransferOptions {
  /** Directory for the files; created if it does not exist. Only one download may write to it at a time. */
  readonly directory: string;
  /**
   * Handling of a file that exists. Default: `skip`.
   *
   * - `skip`: the file is kept if it is the one that the link leads to; another file is a failure. An earlier download left a
   *   record (`.<name>.download.json`) with the link's path, length and `ETag`, or `Last-Modified` instead of a missing or weak
   *   `ETag`. If the server confirms these and the file has not been modified since, nothing is downloaded. Without such a proof,
   *   the link's content is downloaded and compared with the file, up to the first difference.
   * - `error`: every existing file is a failure, including those that an interrupted download completed.
   * - `replace`: the file is replaced, unless the server confirms the record.
   */
  readonly existing?: "skip" | "error" | "replace" | undefined;
  readonly sink?: undefined;
}

/** Options of a download to streams. */
export interface SinkOptions extends TransferOptions {
  /**
   * Function that opens a `WritableStream` for each file, such as an upload to an object storage; no files are written. The
   * stream gets the bytes in order, as fast as it takes them, and is closed after the last one.
   *
   * A lost connection or expired link is resumed at the missing byte. If the file has to start over, because it has changed or
   * the server does not support ranges, the stream is aborted and the function is called again. The stream of a file that fails,
   * and every stream when the download is aborted, is aborted with the reason. An error of the function or its stream is a failure
   * of the file without a retry. A later download starts over.
   */
  readonly sink: Sink;
  readonly directory?: undefined;
  readonly existing?: undefined;
}

/** Options of a download: to files in a `directory`, or to a `sink`. */
export type DownloadOptions = DirectoryOptions | SinkOptions;
