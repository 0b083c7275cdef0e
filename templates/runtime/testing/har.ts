import { flattenParameters } from "../parameters.js";
import { signingParameters } from "../signature.js";
import type { HttpResponse } from "./replies.js";

type Pair = [name: string, value: string];

type HarPairs = readonly { readonly name: string; readonly value?: string | undefined }[];

interface HarBody {
  readonly mimeType?: string | undefined;
  readonly text?: string | undefined;
  /** `base64`; only of responses. */
  readonly encoding?: string | undefined;
  /** Fields of a form; only of requests. */
  readonly params?: HarPairs | undefined;
}

/** Entry of an HTTP archive (HAR 1.2), as far as it is read: the URL and the bodies, not what repeats parts of them. */
export interface HarEntry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly postData?: HarBody | undefined;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: HarPairs | undefined;
    readonly content?: HarBody | undefined;
  };
}

/** Parsed HTTP archive (HAR 1.2), as far as it is read. */
export interface HttpArchive {
  readonly log: { readonly entries: readonly HarEntry[] };
}

/** Call that was recorded, with its response. */
export interface RecordedCall extends HttpResponse {
  readonly method: string;
  /** URL of the request without its query. */
  readonly baseUrl: string;
  /** Parameters of the query and of the body: flat, with `Action` and the signature. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly mimeType: string;
}

/** Why an entry of an HTTP archive is not a call of an Action API: the browser that wrote it also loaded a page. */
export interface NoCall {
  readonly problem: string;
  /** Path in the entry of what shows it. */
  readonly path: readonly string[];
}

/** Reads an entry of an HTTP archive. Headers that `Headers` rejects, such as `:status` of HTTP/2, are skipped. */
export function readEntry(entry: HarEntry): RecordedCall | NoCall {
  const { request, response } = knownParts(entry);
  const { headers = [], content: { mimeType = "", text = "", encoding = "" } = {} } = response;
  const pairs = readPairs(request);
  if ("problem" in pairs) return pairs;
  const body = decode(text, encoding);
  if (body === undefined) {
    const problem = `content.text is not ${encoding}, which content.encoding says`;
    return { problem, path: ["response", "content", "text"] };
  }
  return {
    method: request.method,
    baseUrl: request.url.replace(/[?#].*$/s, ""),
    parameters: new Map(pairs),
    status: response.status,
    // Browsers join headers of one name with line breaks.
    headers: headers
      .flatMap(({ name, value = "" }) => value.split("\n").map((line): Pair => [name, line]))
      .filter(isUsable),
    body,
    mimeType,
  };
}

/** Reads the parameters of the query and of the body of a request, in their order. */
export function readPairs({ method, url, postData }: HarEntry["request"]): Pair[] | NoCall {
  const refuse = (problem: string, ...path: string[]) => ({ problem, path: ["request", ...path] });
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return refuse("url is not an http or https URL", "url");
  if (method !== "GET" && method !== "POST") return refuse("method is neither GET nor POST", "method");
  if (/^multipart\//i.test(postData?.mimeType ?? ""))
    return refuse("the body of the request is neither a form nor JSON", "postData", "mimeType");
  let pairs: Pair[];
  try {
    pairs = [...new URL(url).searchParams, ...(method === "POST" ? readPostData(postData) : [])];
  } catch {
    return refuse("the body of the request is not a JSON object", "postData", "text");
  }
  if (!pairs.some(([name]) => name === "Action" || signingParameters.includes(name)))
    return refuse("the request has no parameter Action", "url");
  if (pairs.some(([name]) => isTooDeep(name))) return refuse("the name of a parameter is nested too deeply");
  return pairs;
}

/** An entry as far as it is read, without values of other types, such as `null` for a body that is missing. */
export function knownParts(entry: unknown): HarEntry {
  const { request, response } = fieldsOf(entry);
  const { method, url, postData } = fieldsOf(request);
  const { status, headers, content } = fieldsOf(response);
  return {
    request: {
      method: textOf(method) ?? "",
      url: textOf(url) ?? "",
      postData: postData ? bodyOf(postData) : undefined,
    },
    response: {
      status: typeof status === "number" ? status : 0,
      headers: pairsOf(headers),
      content: bodyOf(content),
    },
  };
}

function bodyOf(body: unknown): HarBody {
  const { mimeType, text, encoding, params } = fieldsOf(body);
  return {
    mimeType: textOf(mimeType),
    text: textOf(text),
    encoding: textOf(encoding),
    params: pairsOf(params),
  };
}

/** Names and values of a list, as far as they are strings. */
export function pairsOf(list: unknown): { name: string; value: string }[] {
  return (Array.isArray(list) ? list : []).flatMap((pair) => {
    const { name, value } = fieldsOf(pair);
    return typeof name === "string" ? [{ name, value: textOf(value) ?? "" }] : [];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether the name of a parameter has far more keys than any has, and more than every program can handle. */
export function isTooDeep(name: string): boolean {
  return name.split(".", 100).length === 100;
}

/** Index of the first name that is the same as one before it; -1 if there is none. */
export function duplicateAt(names: readonly string[]): number {
  const known = new Set<string>();
  return names.findIndex((name) => known.size === known.add(name).size);
}

/** Reads the parameters of a body: a form, or JSON. @throws Error if it is neither. */
export function readPostData({ mimeType = "", text = "", params = [] }: HarBody = {}): Pair[] {
  if (text === "") return readParams(params);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(mimeType);
  const isJson = /^application\/json\b/i.test(mimeType) || (!isForm && /^\s*\{/.test(text));
  if (!isJson) return [...new URLSearchParams(text.replace(/^\uFEFF/, ""))];
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  if (typeof value !== "object" || value === null) throw new Error("the body is not a JSON object");
  return [...flattenParameters(value)];
}

/** Fields of a form. Browsers write them as they were sent, encoded, though HAR has decoded ones. */
function readParams(params: HarPairs): Pair[] {
  const pairs = params.map(({ name, value = "" }): Pair => [name, value]);
  const all = pairs.flat().join("");
  if (!/%[\da-f]{2}/i.test(all) || /[^\w.!~*'()+%-]|%(?![\da-f]{2})/i.test(all)) return pairs;
  return [...new URLSearchParams(pairs.map(([name, value]) => `${name}=${value}`).join("&"))];
}

/** Parameters of a recorded call: flat, without `Action` and the signature. */
export function ownParameters({
  parameters,
}: Pick<RecordedCall, "parameters">): Readonly<Record<string, string>> {
  const added = ["Action", ...signingParameters];
  return Object.fromEntries([...parameters].filter(([name]) => !added.includes(name)));
}

/** False also for headers that describe the encoding of a body, since the recorded body is decoded. */
function isUsable([name, value]: Pair): boolean {
  try {
    new Headers([[name, value]]);
    return !/^(?:content-(?:encoding|length)|transfer-encoding)$/i.test(name);
  } catch {
    return false;
  }
}

/** @returns `undefined` if it is not in the encoding of `content.encoding`. */
function decode(text: string, encoding: string): string | undefined {
  if (/^(?:utf-?8)?$/i.test(encoding)) return text;
  if (encoding.toLowerCase() !== "base64") return undefined;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
