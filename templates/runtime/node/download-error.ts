import { ActionError } from "../errors.js";

/** A complete file. */
export interface DownloadedFile {
  /** Path of the file; with a `sink`, its name. */
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether the file was complete before the download, and has been kept. */
  readonly skipped: boolean;
}

/**
 * Reason why a file is incomplete. `link`: the link cannot be used. `call`: the call for fresh links failed. `expired`: the
 * server rejects the link, and fresh ones too. `http`: another error status. `network`: the connection failed. `stalled`: the
 * server stopped sending. `length`: the length is unknown or wrong. `changed`: the link leads to another file than before.
 * `page`: the response is an HTML page instead of the file. `exists`: another file with the same name exists. `busy`: another
 * download is writing the file. `disk`: the file system failed. `sink`: the option `sink` or its stream failed.
 */
export type DownloadReason =
  | "link"
  | "call"
  | "expired"
  | "http"
  | "network"
  | "stalled"
  | "length"
  | "changed"
  | "page"
  | "exists"
  | "busy"
  | "disk"
  | "sink";

/** An incomplete file. */
export interface DownloadFailure {
  /** Index of the link in the response. */
  readonly shard: number;
  /** Path of the file once it is complete; with a `sink`, its name. */
  readonly file: string;
  readonly reason: DownloadReason;
  /** Description of the failure, without the link. */
  readonly problem: string;
  /** HTTP status, if the server responded with an error status. */
  readonly status: number | undefined;
  /** Error code of the operating system, such as `ENOSPC`; empty if there is none. */
  readonly code: string;
}

/**
 * At least one file is incomplete. The bytes received so far are in `.part` files, and the same download resumes them. With a
 * `sink`, the streams of incomplete files are aborted.
 */
export class DownloadError extends ActionError {
  protected static override readonly kind = "DownloadError";
  declare readonly name: "DownloadError";
  /** Incomplete files in the order of the links; empty if the download failed before it had links. */
  declare readonly failures: readonly DownloadFailure[];
  /** Complete files. */
  declare readonly files: readonly DownloadedFile[];

  constructor(
    message: string,
    context: { readonly action: string; readonly cause?: unknown },
    failures: readonly DownloadFailure[] = [],
    files: readonly DownloadedFile[] = [],
  ) {
    const retryable = failures.length > 0 && failures.every(isTransient);
    super(message, context, { retryable, failures, files });
  }
}

const transientReasons: readonly DownloadReason[] = ["expired", "network", "stalled", "length", "changed"];

function isTransient({ reason, status = 0 }: DownloadFailure): boolean {
  return transientReasons.includes(reason) || (reason === "http" && isTransientStatus(status));
}

/** Returns whether a server that responds with an HTTP status may accept the same request later. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Failure of one attempt to download a file. */
export class AttemptError extends Error {
  /** Possible remedy: another attempt, an attempt with a fresh link, or none. */
  declare readonly remedy: "retry" | "renew" | "none";
  declare readonly reason: DownloadReason;
  declare readonly status: number | undefined;
  declare readonly code: string;
  /** Milliseconds that the server asks to wait. */
  declare readonly retryAfter: number | undefined;

  constructor(
    remedy: "retry" | "renew" | "none",
    reason: DownloadReason,
    problem: string,
    details: { status?: number; code?: string; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    const { status, code = "", retryAfter, cause } = details;
    super(problem, { cause });
    Object.assign(this, { remedy, reason, status, code, retryAfter });
  }
}
