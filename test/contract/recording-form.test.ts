import { readFile } from "node:fs/promises";
import type { Entry } from "har-format";
import { describe, expect, test } from "vitest";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { body, type Change, disagreements, parameter, success } from "../support/disagreements.js";

const entry =
  (edit: (entry: Entry) => void): Change =>
  (har) => {
    for (const one of har.log.entries) edit(one);
  };
const inBase64 = entry(({ response: { content } }) => {
  content.text = Buffer.from(content.text ?? "").toString("base64");
  Object.assign(content, { encoding: "base64" });
});
/** Sends the parameters in the body of a POST. */
const inBody = (postData: (pairs: { name: string; value: string }[]) => object) =>
  entry(({ request }) => {
    const { queryString } = request;
    Object.assign(request, { method: "POST", queryString: [], postData: postData(queryString) });
  });
const form = "application/x-www-form-urlencoded";
const formText = (pairs: { name: string; value: string }[]) =>
  `${new URLSearchParams(pairs.map(({ name, value }) => [name, value]))}`;

describe("reads a recording of another program:", () => {
  test.each<[what: string, change: Change]>([
    ["a body in base64", inBase64],
    ["a form as text", inBody((pairs) => ({ mimeType: `${form}; charset=UTF-8`, text: formText(pairs) }))],
    ["a form as parameters", inBody((params) => ({ mimeType: form, params }))],
    ["a form as both", inBody((params) => ({ mimeType: form, params, text: formText(params) }))],
    [
      "a body of JSON",
      inBody((pairs) => ({
        mimeType: "application/json",
        text: JSON.stringify(Object.fromEntries(pairs.map(({ name, value }) => [name, value]))),
      })),
    ],
    [
      "headers of HTTP/2",
      entry(({ response }) => {
        response.headers = [
          { name: ":status", value: "200" },
          { name: "content-type", value: "application/json; charset=utf-8" },
          { name: "set-cookie", value: "a=b" },
          { name: "set-cookie", value: "c=d" },
          { name: "x-note", value: "several\nlines" },
        ];
      }),
    ],
    [
      "a body that was compressed",
      entry(({ response }) => {
        response.headers.push(
          { name: "Content-Encoding", value: "gzip" },
          { name: "Content-Length", value: "9" },
        );
      }),
    ],
  ])("%s", async (_, change) => {
    expect(await disagreements(success, change)).toEqual([""]);
  });

  test("a byte order mark at the start", async () => {
    const text = `\uFEFF${await readFile(success, "utf8")}`;
    const diagnostics = new Diagnostics();
    expect(parseRecordings({ path: "har", text }, diagnostics).recordings[0]?.status).toBe(200);
    expect(diagnostics.list).toEqual([]);
  });
});

describe("reports a recording that cannot be read:", () => {
  test.each<[what: string, change: Change, found: string]>([
    [
      "base64 that is not",
      entry(({ response: { content } }) => Object.assign(content, { encoding: "base64" })),
      "har:71: content.text is not base64, which content.encoding says",
    ],
    [
      "another encoding",
      entry(({ response: { content } }) => Object.assign(content, { encoding: "gzip" })),
      'har:72: log.entries.0.response.content.encoding must be "base64"',
    ],
    [
      "a request without a response",
      entry(({ response }) => Object.assign(response, { status: 0 })),
      "har:58: log.entries.0.response.status must be at least 200",
    ],
    [
      "a method that clients do not send",
      entry(({ request }) => Object.assign(request, { method: "PUT" })),
      'har:15: log.entries.0.request.method must be "GET" or "POST"',
    ],
    [
      "a form with a duplicated parameter",
      inBody((pairs) => ({ mimeType: form, params: [...pairs, { name: "Zone", value: "z" }] })),
      "har:58: the parameter Zone is duplicated",
    ],
    [
      "a body that is not JSON",
      inBody(() => ({ mimeType: "application/json", text: "[1" })),
      "har:25: the body of the request is not a JSON object",
    ],
    [
      "a body of another type",
      inBody(() => ({ mimeType: "multipart/form-data", text: "" })),
      "har:24: log.entries.0.request.postData.mimeType must be application/json or application/x-www-form-urlencoded",
    ],
  ])("%s", async (_, change, found) => {
    expect(await disagreements(success, change)).toEqual([found]);
  });

  test("and the line of a parameter in a form", async () => {
    const wrong = inBody((pairs) => ({
      mimeType: form,
      params: [...pairs, { name: "Undocumented", value: "x" }],
    }));
    expect((await disagreements(success, wrong)).join()).toMatch(
      /har:58: request parameter Undocumented is "x"/,
    );
  });

  test("a size that is not that of the text", async () => {
    const change = body((response) => {
      response.BackupURL = [];
    });
    expect(await disagreements(success, change, { keepsSize: true })).toEqual([
      "har:69: content.size is 252, but text has 69 bytes",
    ]);
  });

  test("a URL that is not the gateway's", async () => {
    const elsewhere: Change = (har) => {
      const { request } = har.log.entries[0] ?? {};
      if (request) request.url = request.url.replace("api.dezai.com/", "api.example.com/v2");
    };
    expect(await disagreements(success, elsewhere, { keepsUrl: true })).toEqual([
      "har:16: the request goes to https://api.example.com/v2 in the recording, to https://api.dezai.com/ from the client",
    ]);
  });

  test("a URL that differs from queryString", async () => {
    expect(await disagreements(success, parameter("BackupId", "other"), { keepsUrl: true })).toEqual([
      "har:16: the query of url and queryString differ",
    ]);
  });

  test("a file that was cut off, in one line", async () => {
    const text = (await readFile(success, "utf8")).slice(0, 900);
    const diagnostics = new Diagnostics();
    expect(parseRecordings({ path: "har", text }, diagnostics).recordings).toEqual([]);
    expect(formatDiagnostics(diagnostics.list)).toMatch(
      /^har:\d+: is not JSON\n {2}help: Correct the HAR, which is JSON; it may have been cut off\.$/,
    );
  });
});
