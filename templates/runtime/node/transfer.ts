import { AttemptError } from "./download-error.js";
import { type ConnectionSettings, FileConnection } from "./file-connection.js";
import { type FileVersion, validatorOf } from "./file-record.js";
import type { HttpResponse } from "./http-client.js";
import type { Target } from "./target.js";
import { rejectPage } from "./web-page.js";

/**
 * Downloads the missing bytes of a file over one connection.
 *
 * @throws AttemptError if bytes are still missing; those that arrived and can be trusted are kept.
 */
export async function transfer(
  link: string,
  target: Target,
  settings: ConnectionSettings,
  report: (received: number, total: number) => void,
): Promise<void> {
  const connection = new FileConnection(link, settings);
  try {
    const start = target.resume();
    // The connection was lost after the last byte.
    if (start > 0 && start === target.version?.size) return;
    const response = await connection.request(start === 0 ? {} : rangeFrom(start, target.version));
    const chunks = await rejectPage(response, connection.chunks(response), link, connection.host);
    const end = await acceptResponse(response, start, target);
    const total = target.version?.size ?? 0;
    report(target.received, total);
    for await (const chunk of chunks) {
      if (target.received + chunk.length > end) {
        await target.discard();
        throw new AttemptError("retry", "length", `the server sent more than the announced ${end} bytes`);
      }
      await target.write(chunk);
      releaseMemory(chunk.length);
      report(target.received, total);
    }
    if (target.received < total) {
      const problem = `the connection closed after ${target.received} of ${total} bytes`;
      throw new AttemptError("retry", "network", problem);
    }
  } finally {
    connection.close();
  }
}

/**
 * Asks the server whether a link still leads to a version.
 *
 * @param version version with a validator.
 * @throws AttemptError
 */
export async function isCurrent(
  link: string,
  version: FileVersion,
  settings: ConnectionSettings,
): Promise<boolean> {
  const connection = new FileConnection(link, settings);
  try {
    const headers = version.size === 0 ? {} : { ...rangeFrom(0, version), Range: "bytes=0-0" };
    const response = await connection.request(headers);
    if (response.status === 416) return false;
    const size = response.status === 206 ? parseContentRange(response)?.size : parseContentLength(response);
    return size === version.size && validatorOf(versionOf(response, size)) === validatorOf(version);
  } finally {
    connection.close();
  }
}

function rangeFrom(start: number, version: FileVersion | undefined): Record<string, string> {
  return { Range: `bytes=${start}-`, "If-Range": version === undefined ? "" : validatorOf(version) };
}

/**
 * Checks that a response continues the bytes so far, and starts over if it is the whole file.
 *
 * @returns offset at which the response ends.
 */
async function acceptResponse(response: HttpResponse, start: number, target: Target): Promise<number> {
  const { status, header } = response;
  if (!/^(?:identity)?$/i.test(header("Content-Encoding") ?? ""))
    throw new AttemptError("none", "length", "the server compresses the file, which hides its length");
  const length = parseContentLength(response);
  if (status === 200) {
    if (length === undefined)
      throw new AttemptError("none", "length", "the server does not send the length of the file");
    await target.restart(versionOf(response, length));
    return length;
  }
  const range = parseContentRange(response);
  const isExpected = status === 206 && start > 0 && range?.start === start;
  if (
    !isExpected ||
    target.version === undefined ||
    !matches(target.version, versionOf(response, range.size))
  ) {
    await target.discard();
    throw new AttemptError("retry", "changed", `HTTP ${status} with bytes of another file`, { status });
  }
  if (length !== undefined && length !== range.end - range.start)
    throw new AttemptError("retry", "length", "the length of the response contradicts its range");
  return range.end;
}

/** Returns whether a range belongs to a version. A range may omit a header of the whole file, but not contradict it. */
function matches(version: FileVersion, { size, etag, lastModified }: FileVersion): boolean {
  return (
    size === version.size &&
    (etag === "" || etag === version.etag) &&
    (lastModified === "" || version.lastModified === "" || lastModified === version.lastModified)
  );
}

/** Returns the version that a response belongs to. */
function versionOf({ header }: HttpResponse, size: number): FileVersion {
  return { size, etag: header("ETag") ?? "", lastModified: header("Last-Modified") ?? "" };
}

/** Parses `Content-Range`; `end` is exclusive. Returns `undefined` if it is missing, incomplete or contradictory. */
function parseContentRange({ header }: HttpResponse) {
  const match = /^\s*bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15})\s*$/i.exec(header("Content-Range") ?? "");
  if (match === null) return undefined;
  const [start, last, size] = match.slice(1).map(Number) as [number, number, number];
  return start <= last && last < size ? { start, end: last + 1, size } : undefined;
}

/** Parses `Content-Length`. Returns `undefined` if it is missing or not a number. */
function parseContentLength({ header }: HttpResponse): number | undefined {
  const value = header("Content-Length") ?? "";
  return /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}

let unreleasedBytes = 0;
const releaseInterval = 2 ** 23;
/** More than V8 lets chunks in its young generation grow to, which is 32 MiB by default. */
const largeAllocation = 33 * 2 ** 20;

/**
 * Keeps memory flat: V8 sees only the small handles of chunks, and would let a hundred megabytes of them pile up. A large
 * allocation starts the garbage collector. The allocated buffer itself is never touched and occupies no memory.
 */
function releaseMemory(bytes: number): void {
  unreleasedBytes += bytes;
  if (unreleasedBytes < releaseInterval) return;
  unreleasedBytes = 0;
  new ArrayBuffer(largeAllocation);
}
