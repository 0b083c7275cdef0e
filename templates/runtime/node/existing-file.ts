import { constants } from "node:fs";
import { type FileHandle, lstat } from "node:fs/promises";
import { ifExists, onDisk, openRegular } from "./disk.js";
import { AttemptError } from "./download-error.js";
import { type FileVersion, readRecord, writeRecord } from "./file-record.js";
import { isResumable, type Target } from "./target.js";

/** Whether anything has the path of a file, also a link to nothing. */
export async function isTaken(file: string): Promise<boolean> {
  return (await ifExists(lstat(file))) !== undefined;
}

/** @throws AttemptError if the file exists. */
export async function rejectExisting(file: string): Promise<void> {
  if (await isTaken(file)) throw existsError("a file");
}

function existsError(what: string): AttemptError {
  const help = 'choose another directory or pass `existing: "replace"`';
  return new AttemptError("none", "exists", `${what} with that name exists: ${help}`);
}

/**
 * Returns the version of a file that an earlier download completed and that has not been modified since; `undefined` if there
 * is none, or none that a server could confirm.
 */
export async function recordedVersion(file: string, linkPath: string): Promise<FileVersion | undefined> {
  const [stats, record] = await Promise.all([ifExists(lstat(file)), readRecord(file, linkPath)]);
  const isUnmodified = stats?.isFile() && stats.size === record?.size && stats.mtimeMs === record.modified;
  return isUnmodified && isResumable(record) ? record : undefined;
}

/**
 * Existing file that is compared with the remote one, because nothing else proves that they are the same. The first difference
 * ends the download.
 */
export class ComparedFile implements Target {
  version: FileVersion | undefined;
  received = 0;
  readonly #file: string;
  readonly #linkPath: string;
  readonly #handle: FileHandle;
  #modified = 0;
  #buffer = Buffer.alloc(0);

  private constructor(file: string, linkPath: string, handle: FileHandle) {
    this.#file = file;
    this.#linkPath = linkPath;
    this.#handle = handle;
  }

  /** @throws AttemptError if it is not a regular file. */
  static async open(file: string, linkPath: string): Promise<ComparedFile> {
    const handle = await openRegular(file, constants.O_RDONLY);
    if (handle === undefined) throw existsError("a folder, link or device");
    return new ComparedFile(file, linkPath, handle);
  }

  resume(): number {
    return isResumable(this.version) ? this.received : 0;
  }

  async restart(version: FileVersion): Promise<void> {
    const { size, mtimeMs } = await onDisk(this.#handle.stat());
    if (size !== version.size) throw existsError("another file");
    this.received = 0;
    this.version = version;
    this.#modified = mtimeMs;
  }

  async discard(): Promise<void> {
    this.version = undefined;
    this.received = 0;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#buffer.length < bytes.length) this.#buffer = Buffer.alloc(bytes.length);
    for (let done = 0; done < bytes.length; ) {
      const length = bytes.length - done;
      const { bytesRead } = await onDisk(this.#handle.read(this.#buffer, 0, length, this.received));
      const isSame = this.#buffer.subarray(0, bytesRead).equals(bytes.subarray(done, done + bytesRead));
      if (bytesRead === 0 || !isSame) throw existsError("another file");
      done += bytesRead;
      this.received += bytesRead;
    }
  }

  /** Records the version, so that later downloads need not compare again. */
  async finish(): Promise<void> {
    const record = { ...(this.version as FileVersion), modified: this.#modified };
    await writeRecord(this.#file, this.#linkPath, record);
    await this.abandon();
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }
}
