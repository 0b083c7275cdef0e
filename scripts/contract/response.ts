import type { Action } from "../model/api-model.js";
import { bodyPath, type Found, show } from "./finding.js";
import { maxLevels } from "./json-scan.js";
import type { Recording } from "./recording.js";
import { checkBody, parseBody } from "./response-body.js";

/** Compares a recorded response with the document of its action. */
export function checkResponse(recording: Recording, action: Action): Found[] {
  const body = parseBody(recording);
  const { status } = recording;
  const found: Found[] = [...checkType(recording, action), ...checkBytes(recording)];
  if (status !== 200) {
    const message = `status is ${status} in the recording, and ${action.documentPath} has 200 only`;
    found.push({ code: "response-status", path: ["response", "status"], message });
  }
  if (body !== undefined) return [...found, ...checkBody(recording, action, body)];
  const message = `the recorded response body is not a JSON object, or is nested deeper than ${maxLevels} levels`;
  return [...found, { code: "response-body", path: bodyPath, message }];
}

function checkType({ headers, mimeType, origin }: Recording, { documentPath }: Action): Found[] {
  const found: Found[] = [];
  const add = (code: string, message: string) =>
    found.push({ code, path: ["response", "content", "mimeType"], message });
  const types = headers.filter(([name]) => name.toLowerCase() === "content-type").map(([, value]) => value);
  const isWithoutHeaders = origin === "captured" && headers.length === 0;
  // Some tools do not write headers.
  if (types.length === 0 && (!isWithoutHeaders || mimeType === ""))
    add("response-type", "the response has no header Content-Type in the recording");
  for (const type of new Set([...types, ...(mimeType === "" ? [] : [mimeType])])) {
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      const message = `the response is ${type.slice(0, 100)} in the recording, but ${documentPath} says application/json`;
      add("response-type", message);
    }
    const [, charset] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(type) ?? [];
    if (charset === undefined || /^utf-?8$/i.test(charset)) continue;
    add(
      "response-charset",
      `the charset is ${show(charset.slice(0, 100), false)} in the recording, but JSON is UTF-8`,
    );
  }
  return found;
}

/** Bytes of a body that do not become the characters that were meant. */
function checkBytes({ content: { text, encoding } }: Recording): Found[] {
  const bytes = Buffer.from(text, encoding.toLowerCase() === "base64" ? "base64" : "utf8");
  const found: Found[] = [];
  const add = (message: string) => found.push({ code: "response-encoding", path: bodyPath, message });
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (decoded.startsWith("\uFEFF")) add("the response body begins with a byte order mark in the recording");
    // The tool that recorded it could not decode it.
    if (decoded.includes("\uFFFD") || /\p{Surrogate}/u.test(text))
      add("the response body has replaced characters in the recording");
  } catch {
    add("the response body is not valid UTF-8 in the recording");
  }
  return found;
}
