import { constants } from "node:fs";
import { type FileHandle, rename } from "node:fs/promises";
import { createFile, onDisk, openRegular, removeFile } from "./disk.js";
import { AttemptError } from "./download-error.js";
import { rejectExisting } from "./existing-file.js";
import { type FileVersion, readRecord, removeRecord, writeRecord } from "./file-record.js";
import { isResumable, type Target } from "./target.js";

const partialPath = (file: string) => `${file}.part`;

/** File being downloaded, stored as `<file>.part`. */
export class PartialFile implements Target {
  version: FileVersion | undefined;
  received = 0;
  readonly #file: string;
  readonly #linkPath: string;
  readonly #replaces: boolean;
  /** `undefined` until there are bytes to store. */
  #handle: FileHandle | undefined;

  private constructor(file: string, linkPath: string, replaces: boolean) {
    this.#file = file;
    this.#linkPath = linkPath;
    this.#replaces = replaces;
  }

  /**
   * Opens the partial file, with the bytes of an earlier download if those are from the same link.
   *
   * @param replaces whether an existing file with the final name is replaced.
   */
  static async open(file: string, linkPath: string, replaces: boolean): Promise<PartialFile> {
    const partial = new PartialFile(file, linkPath, replaces);
    const version = await readRecord(file, linkPath);
    if (!isResumable(version)) return partial;
    const handle = await openRegular(partialPath(file), constants.O_RDWR);
    if (handle === undefined) return partial;
    const { size } = await onDisk(handle.stat());
    if (size <= version.size) {
      partial.version = version;
      partial.received = size;
    }
    partial.#handle = handle;
    return partial;
  }

  resume(): number {
    // The last byte of a complete file is requested again, so that the server confirms its version.
    this.received = isResumable(this.version)
      ? Math.min(this.received, Math.max(0, this.version.size - 1))
      : 0;
    return this.received;
  }

  async restart(version: FileVersion): Promise<void> {
    await this.discard();
    this.#handle = await createFile(partialPath(this.#file));
    // Before the first byte, so that a later download never joins two versions.
    await writeRecord(this.#file, this.#linkPath, { ...version, modified: 0 });
    this.version = version;
  }

  async discard(): Promise<void> {
    this.version = undefined;
    this.received = 0;
    if (this.#handle === undefined) return;
    await this.#close();
    await removeRecord(this.#file);
    await removeFile(partialPath(this.#file));
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#use((handle) =>
        handle.write(bytes, done, bytes.length - done, this.received),
      );
      done += bytesWritten;
      this.received += bytesWritten;
    }
  }

  /** Renames the file to its final name. @throws AttemptError if its length is wrong or the name is taken. */
  async finish(): Promise<void> {
    // Without this, a power failure could leave an empty file under the final name.
    await this.#use((handle) => handle.sync());
    const { size, mtimeMs } = await this.#use((handle) => handle.stat());
    if (size !== this.version?.size) {
      await this.discard();
      throw new AttemptError("retry", "length", "the file on disk is not as long as the bytes received");
    }
    await this.#close();
    if (!this.#replaces) await rejectExisting(this.#file);
    await writeRecord(this.#file, this.#linkPath, { ...this.version, modified: mtimeMs });
    await onDisk(rename(partialPath(this.#file), this.#file));
  }

  /** Keeps the bytes for a later download. */
  async abandon(): Promise<void> {
    const work = this.received === 0 ? this.discard() : this.#close();
    await work.catch(() => {});
  }

  async #use<Result>(work: (handle: FileHandle) => Promise<Result>): Promise<Result> {
    return await onDisk(work(this.#handle as FileHandle));
  }

  async #close(): Promise<void> {
    await this.#handle?.close().catch(() => {});
  }
}
