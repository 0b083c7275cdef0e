import type { Answer } from "./answer.js";

/** What a server says of a file: enough to know it again. */
export interface Entity {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Empty where there is none. */
  readonly etag: string;
  /** Date of the last change as it was sent; empty where there is none. */
  readonly lastModified: string;
}

/** What `If-Range` says, so that a part of another file is never sent; empty where a file cannot be known again. */
export function validatorOf({ etag, lastModified }: Entity): string {
  // A weak tag does not promise the same bytes.
  return etag.startsWith('"') ? etag : lastModified;
}

/** Whether both are certain to be one file. */
export function isSameEntity(one: Entity, other: Entity): boolean {
  return one.size === other.size && validatorOf(one) !== "" && validatorOf(one) === validatorOf(other);
}

/** The file that an answer belongs to. @param size as the answer says, in whichever header it does. */
export function entityOf({ header }: Answer, size: number): Entity {
  return { size, etag: header("ETag") ?? "", lastModified: header("Last-Modified") ?? "" };
}

/** The part of a file that an answer holds. */
export interface ContentRange {
  readonly start: number;
  /** First byte after it. */
  readonly end: number;
  readonly size: number;
}

/** Reads `Content-Range`. @returns `undefined` where it does not say everything, or what cannot be. */
export function readContentRange(value: string | null): ContentRange | undefined {
  const match = /^\s*bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15})\s*$/i.exec(value ?? "");
  if (match === null) return undefined;
  const [start, last, size] = match.slice(1).map(Number) as [number, number, number];
  return start <= last && last < size ? { start, end: last + 1, size } : undefined;
}

/** Reads `Content-Length`. @returns `undefined` where it is not there or no number. */
export function readContentLength(value: string | null): number | undefined {
  return /^\s*\d{1,15}\s*$/.test(value ?? "") ? Number(value) : undefined;
}
