import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createFile, onDisk, openRegular, removeFile } from "./disk.js";

/** One version of a file on a server, as its headers describe it. */
export interface FileVersion {
  /** Size of the whole file in bytes. */
  readonly size: number;
  /** `ETag` header; empty if missing. */
  readonly etag: string;
  /** `Last-Modified` header; empty if missing. */
  readonly lastModified: string;
}

/** Version of the bytes on disk, which a later download reads. */
export interface FileRecord extends FileVersion {
  /** Modification time of the complete file in milliseconds, which shows later changes; 0 if it is incomplete. */
  readonly modified: number;
}

/** Returns the value for `If-Range`, or "" if the version cannot be recognized later. */
export function validatorOf({ etag, lastModified }: FileVersion): string {
  // A weak tag does not promise identical bytes.
  return etag.startsWith('"') ? etag : lastModified;
}

/** Path of the record of a file. No file of a download is hidden, so no other file has this name. */
const recordPath = (file: string) => join(dirname(file), `.${basename(file)}.download.json`);

/** Reads the record of a file; `undefined` if it is missing, of another link, or incompletely written. */
export async function readRecord(file: string, linkPath: string): Promise<FileRecord | undefined> {
  const handle = await openRegular(recordPath(file), constants.O_RDONLY);
  if (handle === undefined) return undefined;
  const json = await onDisk(handle.readFile("utf8")).finally(() => handle.close());
  try {
    const { form, source, size, etag, lastModified, modified } = JSON.parse(json);
    const isFromLink = form === 1 && source === hashOf(linkPath) && Number.isSafeInteger(size);
    const isValid = isFromLink && typeof etag === "string" && typeof lastModified === "string";
    return isValid ? { size, etag, lastModified, modified } : undefined;
  } catch {
    return undefined;
  }
}

export async function writeRecord(file: string, linkPath: string, record: FileRecord): Promise<void> {
  const { size, etag, lastModified, modified } = record;
  const json = { form: 1, source: hashOf(linkPath), size, etag, lastModified, modified };
  const handle = await createFile(recordPath(file));
  await onDisk(handle.writeFile(`${JSON.stringify(json)}\n`)).finally(() => handle.close());
}

export async function removeRecord(file: string): Promise<void> {
  await removeFile(recordPath(file));
}

/** Hash of a link's path, since a link is a secret. */
function hashOf(linkPath: string): string {
  return createHash("sha256").update(linkPath).digest("hex");
}
