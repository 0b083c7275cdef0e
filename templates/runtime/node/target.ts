import { type FileVersion, validatorOf } from "./file-record.js";

/** Destination of the bytes of a file. Its methods throw `AttemptError`. */
export interface Target {
  /** Version of the remote file; `undefined` until a response describes it. */
  readonly version: FileVersion | undefined;
  /** Number of valid bytes so far. */
  readonly received: number;
  /** Prepares another attempt. @returns offset of the first byte to request. */
  resume(): number;
  /** Starts over with a version. */
  restart(version: FileVersion): Promise<void>;
  /** Drops the bytes so far. */
  discard(): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  /** Completes the file, of which all bytes have been written. */
  finish(): Promise<void>;
  /** Gives up after an error and releases everything; does not throw. */
  abandon(error: unknown): Promise<void>;
}

/** Returns whether the missing bytes of a version can be requested. */
export function isResumable(version: FileVersion | undefined): version is FileVersion {
  return version !== undefined && validatorOf(version) !== "";
}
