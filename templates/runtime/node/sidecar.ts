import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { ifThere, onDisk } from "./disk.js";
import type { Entity } from "./entity.js";

/** Stands beside a `.part` file and says what it is a part of, so that a later run never joins parts of two files. */
interface Sidecar extends Entity {
  readonly form: 1;
  /** Hash of the link's path: a link is a secret. */
  readonly source: string;
}

const nameOf = (file: string) => `${file}.part.json`;

/** What is known of the part of a file from the same link; `undefined` where it is of another or nothing is known. */
export async function readSidecar(file: string, path: string): Promise<Entity | undefined> {
  const text = await ifThere(readFile(nameOf(file), "utf8"));
  const { form, source, size, etag, lastModified } = parse(text ?? "") as Partial<
    Record<keyof Sidecar, unknown>
  >;
  const isKnown = form === 1 && source === hashOf(path) && Number.isSafeInteger(size);
  if (!isKnown || typeof etag !== "string" || typeof lastModified !== "string") return undefined;
  return { size: size as number, etag, lastModified };
}

/** Says what a part belongs to, before its first byte is written. */
export async function writeSidecar(file: string, path: string, entity: Entity): Promise<void> {
  const sidecar: Sidecar = { form: 1, source: hashOf(path), ...entity };
  await onDisk(writeFile(nameOf(file), `${JSON.stringify(sidecar)}\n`));
}

/** For when all files are complete. */
export async function removeSidecar(file: string): Promise<void> {
  await onDisk(rm(nameOf(file), { force: true }));
}

function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex");
}

/** One that broke off while it was written counts as none. */
function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
