import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "./diagnostic.js";
import { displayPath } from "./files.js";

/**
 * Writes a file so that it is never half-written: first beside its place, then moved there. Folders are made.
 *
 * @throws InputError where the disk refuses.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}-${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const message = `cannot be written: ${(error as Error).message}`;
    const help = "Make the folder writable, or choose another place. What was there is whole.";
    throw new InputError([{ code: "not-writable", file: displayPath(path), line: 0, message, help }]);
  }
}
