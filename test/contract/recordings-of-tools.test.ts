import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parseRecordings, type Recordings } from "../../scripts/contract/recording.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { fromRecording } from "../../templates/runtime/testing/recording.js";
import { success } from "../support/disagreements.js";

const own = JSON.parse(await readFile(success, "utf8"));
const { request, response } = own.log.entries[0];
const parameters = [...new URL(request.url).searchParams];
const pairs = parameters.map(([name, value]) => ({ name, value }));
const encoded = pairs.map(({ name, value }) => ({ name, value: encodeURIComponent(value) }));
const text: string = response.content.text;
const form = "application/x-www-form-urlencoded";
const post = (postData: object) => ({ method: "POST", url: "https://api.dezai.com/", postData });

/** The least that a tool writes of a call, with changes of its request and response. */
const entry = (changes: object = {}, ofResponse: object = {}) => ({
  request: { method: "GET", url: request.url, ...changes },
  response: { status: 200, content: { text }, ...ofResponse },
});

function read(entries: readonly unknown[], log: object = {}): Recordings & { report: string } {
  const diagnostics = new Diagnostics();
  const har = JSON.stringify({ log: { version: "1.2", entries, ...log } });
  const result = parseRecordings({ path: "har", text: har }, diagnostics);
  return { ...result, report: formatDiagnostics(diagnostics.list) };
}

describe("the call is read from an entry with", () => {
  test.each<[what: string, entry: object]>([
    ["nothing but the call", entry()],
    [
      "fields of a browser",
      { ...entry({ queryString: encoded }), _priority: "High", _initiator: {}, pageref: "page_1" },
    ],
    ["a queryString that is encoded", entry({ queryString: encoded })],
    ["a queryString of something else", entry({ queryString: [{ name: "Action", value: "Other" }] })],
    ["no size", entry({}, { content: { text, size: -1 } })],
    ["the size of a compressed body", entry({}, { content: { text, size: 7, compression: 90 } })],
    [
      "HTTP/3",
      entry({ httpVersion: "h3" }, { httpVersion: "h3", headers: [{ name: ":status", value: "200" }] }),
    ],
    ["base64", entry({}, { content: { text: btoa(text), encoding: "base64" } })],
    [
      "base64 on several lines",
      entry({}, { content: { text: btoa(text).replace(/.{76}/g, "$&\r\n"), encoding: "BASE64" } }),
    ],
    ["an encoding that is none", entry({}, { content: { text, encoding: "" } })],
    [
      "null for what is missing",
      entry({ postData: null, headers: null }, { headers: null, content: { text, encoding: null } }),
    ],
    ["a fragment", entry({ url: `${request.url}#top` })],
    ["a form as parameters", entry(post({ mimeType: form, params: pairs }))],
    ["a form as parameters that are encoded", entry(post({ mimeType: form, params: encoded }))],
    ["a form as parameters with an empty text", entry(post({ mimeType: form, params: pairs, text: "" }))],
    [
      "a form whose parameters are of something else",
      entry(
        post({
          mimeType: form,
          params: [{ name: "x", value: "y" }],
          text: `${new URL(request.url).searchParams}`,
        }),
      ),
    ],
    ["a form without a type", entry(post({ text: `${new URL(request.url).searchParams}` }))],
    ["JSON without a type", entry(post({ text: JSON.stringify(Object.fromEntries(parameters)) }))],
    [
      "JSON of another type",
      entry(
        post({ mimeType: "text/plain;charset=UTF-8", text: JSON.stringify(Object.fromEntries(parameters)) }),
      ),
    ],
    [
      "JSON after a byte order mark",
      entry(
        post({
          mimeType: "application/json",
          text: `\uFEFF${JSON.stringify(Object.fromEntries(parameters))}`,
        }),
      ),
    ],
    ["parameters in both", entry({ method: "POST", postData: { mimeType: form, text: "" } })],
  ])("%s", (_, one) => {
    const { recordings, skipped, report } = read([one], { creator: { name: "Firefox", version: "1" } });
    expect(report).toBe("");
    expect(skipped).toEqual([]);
    expect(recordings.map((call) => [call.origin, call.body, ...call.parameters])).toEqual([
      ["captured", text, ...parameters],
    ]);
    const archive = { log: { entries: [one] } } as never;
    const { Action: action = "", ...all } = Object.fromEntries(parameters);
    const { PublicKey: _key, Signature: _signature, ...called } = all;
    const reply = fromRecording(archive)({}, { action, parameters: called });
    expect(reply.write(action).body).toBe(text);
  });

  test("headers that a browser joined", () => {
    const headers = [{ name: "set-cookie", value: "a=1\nb=2" }];
    const [recording] = read([entry({}, { headers })]).recordings;
    expect(recording?.headers).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });

  test("headers without a value, and those that HTTP/1.1 does not have, which are ignored", () => {
    const headers = [{ name: ":status", value: "200" }, { name: "a name", value: "1" }, { name: "no-value" }];
    const [recording] = read([entry({}, { headers })]).recordings;
    expect(recording?.headers).toEqual([["no-value", ""]]);
  });
});

test("entries that are not calls are skipped, and each is reported with its reason", () => {
  const missing = { content: { mimeType: "application/json", size: 252 } };
  const { recordings, skipped, report } = read([
    entry({ url: "https://www.dezai.com/logo.png?v=2&token=secret" }),
    entry({ method: "OPTIONS" }),
    entry({ url: "data:image/png;base64,AAAA" }),
    entry({ url: "https://[" }),
    entry(post({ mimeType: "multipart/form-data; boundary=x", text: "--x" })),
    entry(post({ mimeType: "application/json", text: "[1" })),
    entry({}, { status: 0, content: {} }),
    entry({}, { status: -1 }),
    entry({}, { status: 101 }),
    entry({}, missing),
    entry({}, { content: { text: "{", encoding: "base64" } }),
    { request: "?", response: [] },
    entry(),
    entry(post({ mimeType: form, params: pairs })),
  ]);
  expect(report).toBe("");
  expect(recordings.map(({ method }) => method)).toEqual(["GET", "POST"]);
  expect(skipped.map(({ request: of, reason }) => `${of}: ${reason}`)).toEqual([
    "GET https://www.dezai.com/logo.png: the request has no parameter Action",
    "OPTIONS https://api.dezai.com/: method is neither GET nor POST",
    ": url is not an http or https URL",
    ": url is not an http or https URL",
    "POST https://api.dezai.com/: the body of the request is neither a form nor JSON",
    "POST https://api.dezai.com/: the body of the request is not a JSON object",
    "GET https://api.dezai.com/: it has no response",
    "GET https://api.dezai.com/: it has no response",
    "GET https://api.dezai.com/: its status is 101",
    "GET https://api.dezai.com/: the body of its response is missing",
    "GET https://api.dezai.com/: content.text is not base64, which content.encoding says",
    ": url is not an http or https URL",
  ]);
});

test("the line of each entry's values", () => {
  const har = JSON.stringify(
    { log: { entries: [entry({ note: ["}", '\\"{', "\\\\"] }), entry()] } },
    null,
    1,
  );
  const lines = har.split("\n");
  for (const { lineOf } of parseRecordings({ path: "har", text: har }, new Diagnostics()).recordings)
    expect(lines[lineOf(["response", "status"]) - 1]).toContain('"status"');
  const [, second] = parseRecordings({ path: "har", text: har }, new Diagnostics()).recordings;
  expect(second?.lineOf(["request", "url"])).toBe(
    lines.map((line) => line.includes('"url"')).lastIndexOf(true) + 1,
  );
});

describe("reports, without a stack trace,", () => {
  const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  test.each<[what: string, text: string, found: RegExp]>([
    ["no entries", '{"log":{"entries":[]}}', /^har:1: log\.entries must have at least 1 item$/m],
    ["something else", "[]", /^har:1: the recording must be of type object$/m],
    [
      "an entry that is null",
      '{"log":{"entries":[null]}}',
      /^har:1: log\.entries\.0 must be of type object$/m,
    ],
    [
      "a file without a call",
      JSON.stringify({ log: { entries: [entry({ url: "x" })] } }),
      /^har:1: has no recorded call of an Action API: the entry is none, since url is not an http or https URL$/m,
    ],
    [
      "a key that appears twice",
      '{"log":{"entries":[{}],\n"entries":[]}}',
      /^har:2: a key appears twice in one object$/m,
    ],
    [
      "only a call that has a parameter twice",
      JSON.stringify({ log: { entries: [entry({ url: `${request.url}&Region=x` })] } }),
      /^har:1: has no recorded call of an Action API: GET \S+ is none, since the request has a parameter twice$/m,
    ],
    ["deep nesting", `{"log":${deep(200_000)}}`, /^har:1: log must be of type object$/m],
    [
      "deep nesting of a field that is not read",
      `{"_x":${deep(200_000)},"log":{}}`,
      /^har:1: log lacks the required key "entries"$/m,
    ],
    [
      "a name of thousands of levels",
      JSON.stringify({ log: { entries: [entry({ url: `https://a/?Action=A&${"a.".repeat(9000)}=1` })] } }),
      /the name of a parameter is nested too deeply$/m,
    ],
    [
      "a body of thousands of levels",
      JSON.stringify({
        log: { entries: [entry(post({ mimeType: "application/json", text: `{"a":${deep(9000)}}` }))] },
      }),
      /the body of the request is not a JSON object$/m,
    ],
    [
      "lone surrogates",
      '{"log":{"entries":[{"request":{"method":"POST","url":"https://a/","postData":{"mimeType":"application/json","text":"{\\"Action\\":\\"\\ud800\\"}"}}}]}}',
      /the body of the request is not a JSON object$/m,
    ],
  ])("%s", (_, har, found) => {
    const diagnostics = new Diagnostics();
    const { recordings } = parseRecordings({ path: "har", text: har }, diagnostics);
    expect(formatDiagnostics(diagnostics.list)).toMatch(found);
    expect(recordings).toEqual([]);
  });
});
