import type { Action, ApiModel } from "../../scripts/model/api-model.js";
import { queryOf } from "../../templates/runtime/parameters.js";
import { signingParameters, signParameters } from "../../templates/runtime/signature.js";
import { bodyMutants, type Change } from "./body-mutants.js";
import { type Pairs, parameterMutants } from "./parameter-mutants.js";

interface Pair {
  name: string;
  value: string;
}

/** Entry of a recording, as far as it is changed. */
interface Entry {
  request: { method: string; url: string; queryString: Pair[] };
  response: {
    status: number;
    headers: Pair[];
    content: { text: string; mimeType: string; size: number; encoding?: string };
  };
}

/** Adds a copy of a recording. @param tolerated why its change is no mistake; `undefined` if it is one. */
type Add = (
  what: string,
  tolerated: string | undefined,
  edit: (entry: Entry, log: Record<string, unknown>) => void,
) => void;

/** Copies of a documented recording with one mistake each, as texts. */
export function recordingMutants(text: string, api: ApiModel, action: Action): Change<string>[] {
  const mutants: Change<string>[] = [];
  const add: Add = (what, tolerated, edit) => {
    const har = JSON.parse(text);
    const [entry] = har.log.entries as [Entry];
    edit(entry, har.log);
    const { content } = entry.response;
    if (typeof content?.text === "string")
      content.size = Buffer.from(content.text, content.encoding === "base64" ? "base64" : "utf8").length;
    mutants.push({ what, tolerated, changed: JSON.stringify(har) });
  };
  const [entry] = JSON.parse(text).log.entries as [Entry];
  const body = entry.response.content.text;
  for (const { what, changed, tolerated } of bodyMutants(body, action))
    add(what, tolerated, ({ response: { content } }) => {
      content.text = changed;
    });
  addCalls(add, entry, api, action);
  addRequests(add, entry);
  addResponses(add);
  addTexts(add, body);
  addEncodings(add, body);
  return mutants;
}

/** Calls with other parameters or another signature. */
function addCalls(add: Add, { request }: Entry, api: ApiModel, action: Action): void {
  const { baseUrl, exampleCredentials } = api.brand;
  const pairs = request.queryString.map(({ name, value }) => [name, value] as const);
  const call = (entry: Entry, changed: Pairs) => {
    entry.request.queryString = changed.map(([name, value]) => ({ name, value }));
    const query = changed.map((pair) => queryOf(new Map([pair]))).join("&");
    entry.request.url = `${baseUrl}?${query}`;
  };
  const names = api.products.flatMap(({ actions }) => actions.map(({ name }) => name));
  const signing = pairs.filter(([name]) => signingParameters.includes(name));
  for (const { what, changed, tolerated } of parameterMutants(pairs, action, names)) {
    add(`${what}, with the old signature`, undefined, (entry) => call(entry, [...changed, ...signing]));
    const signed = [...signParameters(new Map(changed), exampleCredentials)];
    const isTwice = new Map(changed).size < changed.length;
    if (!isTwice) add(`${what}, signed again`, tolerated, (entry) => call(entry, signed));
  }
  for (const [name, value] of signing) {
    const others = pairs.filter(([one]) => one !== name);
    add(`${name} dropped`, undefined, (entry) => call(entry, others));
    for (const other of ["", `${value}0`, value.toUpperCase(), value.slice(1), "0".repeat(40)])
      add(`${name} as "${other}"`, undefined, (entry) => call(entry, [...others, [name, other]]));
    add(`${name} twice`, undefined, (entry) => call(entry, [...pairs, [name, value]]));
    add(`${name} in lower case`, undefined, (entry) => call(entry, [...others, [name.toLowerCase(), value]]));
  }
  add("a SecurityToken that is not signed", undefined, (entry) =>
    call(entry, [...pairs, ["SecurityToken", "x"]]),
  );
  add(
    "its parameters in another order",
    "the order of parameters: the signature does not depend on it",
    (entry) => call(entry, [...pairs].reverse()),
  );
}

/** Other methods and base URLs. */
function addRequests(add: Add, { request }: Entry): void {
  for (const method of ["get", "PUT", "DELETE", "HEAD", "OPTIONS", ""])
    add(`method "${method}"`, undefined, (entry) => {
      entry.request.method = method;
    });
  add(
    "method POST with the query",
    "POST with the parameters in the query: the gateway accepts both",
    (entry) => {
      entry.request.method = "POST";
    },
  );
  const query = request.url.replace(/^[^?]*/, "");
  for (const url of [
    "https://api.example.com/",
    "http://api.dezai.com/",
    "https://api.dezai.com/v2",
    "https://api.dezai.com:8443/",
    "https://api.dezai.com.example/",
    "ftp://api.dezai.com/",
    "api.dezai.com/",
    "",
  ])
    add(`base URL "${url}"`, undefined, (entry) => {
      entry.request.url = url + query;
    });
}

/** Other status codes and content types. */
function addResponses(add: Add): void {
  for (const status of [0, -1, 101, 199, 201, 204, 301, 404, 429, 500, 503, 600, 200.5])
    add(`status ${status}`, undefined, (entry) => {
      entry.response.status = status;
    });
  const types = [
    "text/html",
    "text/plain",
    "application/xml",
    "application/jsonp",
    "application/json-seq",
    "",
    "application/json; charset=gbk",
    "application/json;charset=utf-16",
    'application/json; charset="iso-8859-1"',
  ];
  for (const type of types) {
    add(`header Content-Type "${type}"`, undefined, ({ response: { headers } }) => {
      for (const header of headers) header.value = type;
    });
    if (type !== "")
      add(`mimeType "${type}"`, undefined, ({ response: { content } }) => {
        content.mimeType = type;
      });
  }
  add("the charset of JSON", "charset=utf-8: it is that of JSON", ({ response: { headers } }) => {
    for (const header of headers) header.value = "application/json; charset=utf-8";
  });
  add("no Content-Type", undefined, (entry) => {
    entry.response.headers = [];
  });
  add("another header", undefined, (entry) => {
    entry.response.headers = [{ name: "Server", value: "x" }];
  });
}

/** Bodies that are not the JSON object that was recorded. */
function addTexts(add: Add, raw: string): void {
  const bodies: [string, string][] = [
    ["no body", ""],
    ["HTML", "<!DOCTYPE html><html></html>"],
    ["null", "null"],
    ["an array of it", `[${raw}]`],
    ["a string", JSON.stringify(raw)],
    ["a byte order mark", `\uFEFF${raw}`],
    ["a comma more", raw.replace(/}$/, ",}")],
    ["two bodies", raw + raw],
    ["single quotes", raw.replaceAll('"', "'")],
    ["a replaced character", raw.replace(/"}?$|}$/, ',"\uFFFD":1}')],
  ];
  for (let length = 1; length < raw.length; length += Math.ceil(raw.length / 20))
    bodies.push([`the first ${length} characters`, raw.slice(0, length)]);
  for (const [what, body] of bodies)
    add(`body: ${what}`, undefined, ({ response: { content } }) => {
      content.text = body;
    });
}

/** Bodies in other encodings. */
function addEncodings(add: Add, raw: string): void {
  const inBase64 =
    (bytes: Buffer) =>
    ({ response: { content } }: Entry) => {
      Object.assign(content, { text: bytes.toString("base64"), encoding: "base64" });
    };
  const bytes = Buffer.from(raw);
  add("body in base64", "base64: it is the same body", inBase64(bytes));
  const at = bytes.indexOf("Response");
  for (const wrong of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]])
    add(
      `body with the bytes ${wrong}`,
      undefined,
      inBase64(Buffer.concat([bytes.subarray(0, at), Buffer.from(wrong), bytes.subarray(at)])),
    );
  add("body in UTF-16", undefined, inBase64(Buffer.from(raw, "utf16le")));
  add("an encoding that is not", undefined, ({ response: { content } }) => {
    content.encoding = "base64";
  });
}
