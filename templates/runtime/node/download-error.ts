import { ActionError } from "../errors.js";

/** A file that is complete. */
export interface DownloadedFile {
  /** Its path. */
  readonly file: string;
  /** Its bytes. */
  readonly size: number;
}

/**
 * Why a file is not complete. `link`: the link cannot be used. `call`: no fresh link could be had. `expired`: the server
 * refuses fresh links too. `http`: another status. `network`, `stalled`: the connection. `length`: more than said arrived, or
 * nothing was said. `changed`: another file stands there now. `exists`: a finished file of that name. `busy`: another
 * download writes it. `disk`: the file system.
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
  | "exists"
  | "busy"
  | "disk";

/** What became of one file that is not complete. */
export interface DownloadFailure {
  /** Position of its link in the answer, from 0. */
  readonly shard: number;
  /** Path that the file would have. */
  readonly file: string;
  readonly reason: DownloadReason;
  /** What happened, in words; never the link. */
  readonly problem: string;
  /** HTTP status where that is the reason; `undefined` otherwise. */
  readonly status: number | undefined;
  /** The operating system's word for the failure, like `ENOSPC`; empty where it has none. */
  readonly code: string;
}

/**
 * Not every file is complete. Nothing is lost: complete ones are there, and what arrived of the others is in `.part` files,
 * which the same download goes on from.
 */
export class DownloadError extends ActionError {
  protected static override readonly kind = "DownloadError";
  declare readonly name: "DownloadError";
  /** Every file that is not complete, by position of its link; none where it failed before there were any. */
  declare readonly failures: readonly DownloadFailure[];
  /** Those that are complete. */
  declare readonly files: readonly DownloadedFile[];

  constructor(
    message: string,
    context: { readonly action: string; readonly cause?: unknown },
    failures: readonly DownloadFailure[] = [],
    files: readonly DownloadedFile[] = [],
  ) {
    super(message, context, {
      retryable: failures.length > 0 && failures.every(isPassing),
      failures,
      files,
    });
  }
}

const passing: readonly DownloadReason[] = ["expired", "network", "stalled", "length", "changed"];

function isPassing({ reason, status = 0 }: DownloadFailure): boolean {
  return passing.includes(reason) || (reason === "http" && isPassingStatus(status));
}

/** Whether a server that answers so may answer otherwise soon. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Ends an attempt to fetch one file. */
export class ShardFailure extends Error {
  /** What may help: to try again, to try again with a fresh link, or nothing. */
  readonly remedy: "again" | "renew" | "none";
  readonly reason: DownloadReason;
  readonly status: number | undefined;
  readonly code: string;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    remedy: "again" | "renew" | "none",
    reason: DownloadReason,
    problem: string,
    facts: {
      readonly status?: number;
      readonly code?: string;
      readonly retryAfter?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(problem, { cause: facts.cause });
    this.remedy = remedy;
    this.reason = reason;
    this.status = facts.status;
    this.code = facts.code ?? "";
    this.retryAfter = facts.retryAfter;
  }
}
