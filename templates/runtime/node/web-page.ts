import { AttemptError } from "./download-error.js";
import type { HttpResponse } from "./http-client.js";

/** Number of bytes that show whether a file is an HTML page. */
const headSize = 512;

/** Beginnings of HTML pages in the MIME Sniffing Standard, after a byte order mark. */
const pageStart =
  /^(?:ï»¿|ÿþ|þÿ)?\s*<(?:!--|\?xml|(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta)[\s>])/i;

/**
 * Chunks of a response after a check that they are not an HTML page instead of the file: networks that require a login and
 * proxies respond so, with status 200.
 *
 * @param link link to the file, which may be an HTML page itself.
 * @param host host that responded.
 * @throws AttemptError
 */
export async function rejectPage(
  { status, header }: HttpResponse,
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  link: string,
  host: string,
): Promise<AsyncIterable<Uint8Array>> {
  const type = header("Content-Type") ?? "";
  const isSuspect = status === 200 && /^\s*(?:$|text\/html|application\/xhtml\+xml)/i.test(type);
  if (!isSuspect || /\.x?html?$/i.test(new URL(link).pathname)) return chunks;
  const head: Uint8Array[] = [];
  for (let size = 0; size < headSize; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  // Zero bytes are those of UTF-16.
  const start = Buffer.concat(head).subarray(0, headSize).toString("latin1").replaceAll("\0", "");
  if (pageStart.test(start)) {
    const received = `${host} sent an HTML page instead of the file`;
    const help = "log in to the network if it requires that, or check the proxy, then download again";
    throw new AttemptError("none", "page", `${received}: ${help}`, { status });
  }
  return joined(head, chunks);
}

async function* joined(head: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>) {
  yield* head;
  yield* rest;
}
