import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Path of the folder of the files that links of the mock lead to. */
export const downloadsPath = "/downloads/";

/** Length in bytes: more than a client reads at once, so that a download can be interrupted. */
const size = 256 * 1024;

/**
 * Serves a file that exists below {@link downloadsPath} by any name, as file servers do: with its length, a validator and
 * ranges.
 *
 * @returns what to log.
 */
export function serveDownload(
  { method, url = "", headers }: IncomingMessage,
  response: ServerResponse,
): string {
  const file = contentOf(url);
  const etag = `"${createHash("sha256").update(file).digest("hex").slice(0, 32)}"`;
  response.setHeaders(
    new Headers({ ETag: etag, "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream" }),
  );
  const isSame = [undefined, etag].includes(headers["if-range"] as string | undefined);
  const range = isSame ? rangeOf(headers.range) : undefined;
  const send = (status: number, part: Buffer) => {
    response.writeHead(status, { "Content-Length": part.length }).end(method === "HEAD" ? undefined : part);
    return `download: HTTP ${status}`;
  };
  if (range === undefined) return send(200, file);
  const { start, end } = range;
  if (start >= end) {
    response.setHeader("Content-Range", `bytes */${size}`);
    return send(416, Buffer.alloc(0));
  }
  response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
  return send(206, file.subarray(start, end));
}

/** The range of a request for one; `end` is exclusive. A header that is not understood is ignored, as HTTP requires. */
function rangeOf(header = ""): { start: number; end: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === "") return last === "" ? undefined : { start: Math.max(0, size - Number(last)), end: size };
  if (last !== "" && Number(last) < Number(first)) return undefined;
  return { start: Number(first), end: last === "" ? size : Math.min(size, Number(last) + 1) };
}

/** Lines with the path of the file and a number, so that a part in the wrong position is noticed. */
function contentOf(path: string): Buffer {
  const bytes = Buffer.alloc(size);
  for (let position = 0, line = 1; position < size; line += 1)
    position += bytes.write(`${path} ${line}\n`, position, "latin1");
  return bytes;
}
