import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { systemCode } from "../secrets.js";
import { AttemptError } from "./download-error.js";

/** One version of a file on a server, as its headers describe it. */
export interface FileVersion {
  /** Size of the whole file in bytes. */
  readonly size: number;
  /** `ETag` header; empty if missing. */
  readonly etag: string;
  /** `Last-Modified` header; empty if missing. */
  readonly lastModified: string;
}

/** Returns the value for `If-Range`, or "" if the version cannot be recognized later. */
export function validatorOf({ etag, lastModified }: FileVersion): string {
  // A weak tag does not promise identical bytes.
  return etag.startsWith('"') ? etag : lastModified;
}

// A symbolic link in place of the partial file could lead anywhere. Windows has no such flag.
const openFlags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

const partialPath = (file: string) => `${file}.part`;

/** File being downloaded, stored as `<file>.part`. Its methods throw `AttemptError` if the file system reports an error. */
export class PartialFile {
  /** Version of the remote file; `undefined` until a response describes it. */
  version: FileVersion | undefined;
  /** Number of valid bytes on disk. */
  received = 0;
  readonly #file: string;
  readonly #linkPath: string;
  readonly #handle: FileHandle;

  private constructor(file: string, linkPath: string, handle: FileHandle) {
    this.#file = file;
    this.#linkPath = linkPath;
    this.#handle = handle;
  }

  /** Opens the partial file, with the bytes of an earlier download if those are from the same link. */
  static async open(file: string, linkPath: string): Promise<PartialFile> {
    const version = await readSidecar(file, linkPath);
    const handle = await onDisk(open(partialPath(file), openFlags, 0o666));
    const { size } = await onDisk(handle.stat());
    const partial = new PartialFile(file, linkPath, handle);
    if (version !== undefined && size <= version.size && validatorOf(version) !== "") {
      partial.version = version;
      partial.received = size;
    }
    return partial;
  }

  /**
   * Drops bytes that cannot be resumed, and the last byte of a complete file, so that the server confirms its version.
   *
   * @returns offset of the first byte to request.
   */
  rewind(): number {
    const { version } = this;
    const isResumable = version !== undefined && validatorOf(version) !== "";
    this.received = isResumable ? Math.min(this.received, Math.max(0, version.size - 1)) : 0;
    return this.received;
  }

  /** Starts over with a version. */
  async restart(version: FileVersion): Promise<void> {
    await this.discard();
    // Before the first byte, so that a later download never joins two versions.
    await writeSidecar(this.#file, this.#linkPath, version);
    this.version = version;
  }

  async discard(): Promise<void> {
    this.version = undefined;
    this.received = 0;
    await onDisk(this.#handle.truncate(0));
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const work = this.#handle.write(bytes, done, bytes.length - done, this.received);
      const { bytesWritten } = await onDisk(work);
      done += bytesWritten;
      this.received += bytesWritten;
    }
  }

  /** Renames the file to its final name. @throws AttemptError if its length is wrong or the name is taken. */
  async finish(overwrite: boolean): Promise<void> {
    const { size } = await onDisk(this.#handle.stat());
    if (size !== this.version?.size) {
      await this.discard();
      throw new AttemptError("retry", "length", "the file on disk is not as long as the bytes received");
    }
    // Without this, a power failure could leave an empty file under the final name.
    await onDisk(this.#handle.sync());
    await this.#handle.close();
    if (!overwrite) await rejectExisting(this.#file);
    await onDisk(rename(partialPath(this.#file), this.#file));
  }

  /** Closes the file; does nothing if it is closed. */
  async close(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }
}

/** Returns the version of a file that an interrupted download completed, or `undefined` if there is none. */
export async function completedVersion(file: string, linkPath: string): Promise<FileVersion | undefined> {
  const [stats, partial, version] = await Promise.all([
    ifExists(lstat(file)),
    ifExists(lstat(partialPath(file))),
    readSidecar(file, linkPath),
  ]);
  const isComplete = stats?.isFile() && partial === undefined && stats.size === version?.size;
  return isComplete && validatorOf(version) !== "" ? version : undefined;
}

/** @throws AttemptError if the file exists. */
export async function rejectExisting(file: string): Promise<void> {
  if ((await ifExists(lstat(file))) === undefined) return;
  const help = "choose another directory or pass `overwrite: true`";
  throw new AttemptError("none", "exists", `a file with that name exists: ${help}`);
}

/** Path of the record of the link and the version that the bytes belong to, for a later download. */
const sidecarPath = (file: string) => `${file}.part.json`;

/** Reads the version from the sidecar; `undefined` if it is missing, of another link, or incompletely written. */
async function readSidecar(file: string, linkPath: string): Promise<FileVersion | undefined> {
  const json = await ifExists(readFile(sidecarPath(file), "utf8"));
  try {
    const { form, source, size, etag, lastModified } = JSON.parse(json ?? "{}");
    const isFromLink = form === 1 && source === hashOf(linkPath) && Number.isSafeInteger(size);
    const isValid = isFromLink && typeof etag === "string" && typeof lastModified === "string";
    return isValid ? { size, etag, lastModified } : undefined;
  } catch {
    return undefined;
  }
}

async function writeSidecar(file: string, linkPath: string, version: FileVersion): Promise<void> {
  const sidecar = { form: 1, source: hashOf(linkPath), ...version };
  await onDisk(writeFile(sidecarPath(file), `${JSON.stringify(sidecar)}\n`));
}

export async function removeSidecar(file: string): Promise<void> {
  await onDisk(rm(sidecarPath(file), { force: true }));
}

/** Hash of a link's path, since a link is a secret. */
function hashOf(linkPath: string): string {
  return createHash("sha256").update(linkPath).digest("hex");
}

async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const code = systemCode(cause);
    const problem = `the file system reported an error${code && ` (${code})`}`;
    throw new AttemptError("none", "disk", problem, { code, cause });
  }
}

/** Returns `undefined` if the file does not exist. */
async function ifExists<Result>(work: Promise<Result>): Promise<Result | undefined> {
  return await onDisk(
    work.catch((failure: unknown) => {
      if (systemCode(failure) !== "ENOENT") throw failure;
      return undefined;
    }),
  );
}
