import { isDeepStrictEqual } from "node:util";
import { type HarEntry, pairsOf, readPairs, readPostData } from "../../templates/runtime/testing/har.js";
import { type Path, raw } from "../openapi/pointer.js";

/** What an entry of a HAR is beside what is read of it. */
type Entry = Readonly<Record<string, unknown>>;

/** Parameters of the query and of the body, each with its path. */
export function locationsOf({ request }: HarEntry, value: Entry): { name: string; path: Path }[] {
  const pairs = readPairs(request);
  const own = raw(value.request);
  const query = new Map(pairsOf(own.queryString).map(({ name }, index) => [name, index]));
  const params = new Map((request.postData?.params ?? []).map(({ name }, index) => [name, index]));
  const inBody = request.method === "POST" ? readPostData(request.postData).length : 0;
  return ("problem" in pairs ? [] : pairs).map(([name], index, { length }) => {
    const isInBody = index >= length - inBody;
    const [list, at] = isInBody ? (["params", params] as const) : (["queryString", query] as const);
    const listed = at.has(name) ? [list, at.get(name) ?? 0] : undefined;
    const path = isInBody
      ? ["request", "postData", ...(listed ?? ["text"])]
      : ["request", ...(listed ?? ["url"])];
    return { name, path };
  });
}

/** Two values of a recording that should be the same. */
export interface Contradiction {
  readonly code: string;
  /** Path in the entry. */
  readonly path: Path;
  readonly message: string;
}

/** Copies that differ from what they are copies of. Those of other tools, which measure and encode as they like, do not count. */
export function contradictionsOf({ request, response }: HarEntry, value: Entry): Contradiction[] {
  const found: Contradiction[] = [];
  const { text = "", encoding } = response.content ?? {};
  const { size } = raw(raw(value.response).content);
  const actual = Buffer.byteLength(text, encoding === "base64" ? "base64" : "utf8");
  if (Number(size) >= 0 && size !== actual) {
    const message = `content.size is ${size}, but text has ${actual} bytes`;
    found.push({ code: "recording-size", path: ["response", "content", "size"], message });
  }
  const url = new Map(new URL(request.url).searchParams);
  const query = pairsOf(raw(value.request).queryString);
  const forms = [
    new Map(query.map(({ name, value: text }) => [name, text])),
    // Browsers write it as it was sent.
    new Map(new URLSearchParams(query.map(({ name, value: text }) => `${name}=${text}`).join("&"))),
  ];
  if (!forms.some((form) => isDeepStrictEqual(form, url))) {
    const message = "the query of url and queryString differ";
    found.push({ code: "recording-url", path: ["request", "url"], message });
  }
  return found;
}
