import { readFile } from "node:fs/promises";
import { createClient } from "@dezai/umem";
import type { Har } from "har-format";
import { describe, expect, test } from "vitest";
import { parseRecording } from "../../scripts/contract/recording.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";

const api = await load("spec");
const success = "test/recordings/umem/DescribeUMemBackupURL.success-all-shards.har";
const failure = "test/recordings/umem/DescribeUMemBackupURL.error-230-invalid-parameter.har";

type Bend = (har: Har) => void;
const query = (har: Har) => har.log.entries[0]?.request.queryString ?? [];
const parameter =
  (name: string, value: string): Bend =>
  (har) => {
    for (const pair of query(har)) if (pair.name === name) pair.value = value;
  };
const parameterAdded =
  (name: string, value: string): Bend =>
  (har) =>
    query(har).push({ name, value });
const body =
  (change: (body: Record<string, unknown>) => void): Bend =>
  (har) => {
    const { content } = har.log.entries[0]?.response ?? {};
    if (content === undefined) throw new Error("no answer");
    const value = JSON.parse(content.text ?? "");
    change(value);
    content.text = JSON.stringify(value);
  };

/** A recording that was bent, and what the contract check says of it, without the file's name and the help. */
async function disagreements(
  file: string,
  bend: Bend,
  { keepsUrl = false, keepsSize = false } = {},
): Promise<string[]> {
  const har = JSON.parse(await readFile(file, "utf8"));
  bend(har);
  const { request } = har.log.entries[0];
  if (!keepsSize) {
    const { content } = har.log.entries[0].response;
    content.size = Buffer.byteLength(content.text);
  }
  if (!keepsUrl)
    request.url = `https://api.dezai.com/?${new URLSearchParams(query(har).map(({ name, value }) => [name, value]))}`;
  const diagnostics = new Diagnostics();
  const recording = parseRecording({ path: file, text: JSON.stringify(har, null, 2) }, diagnostics);
  const found =
    recording === undefined ? diagnostics.list : await verifyRecording(recording, api, createClient);
  return formatDiagnostics(found)
    .split("\n")
    .filter((line) => !line.startsWith("  help: "))
    .map((line) => line.replace(file, "har"));
}

describe("a recording that disagrees is told with the field, the file, its line and both values", () => {
  const document = "umem/DescribeUMemBackupURL.openapi.yaml";
  test.each<[what: string, file: string, bend: Bend, found: (string | RegExp)[]]>([
    [
      "a parameter's value that does not fit the signature",
      success,
      parameter("BackupId", "other"),
      [
        /^har:\d+: request parameter Signature is "da0af08f578bfa68e2b6c6d6324235b09b70b3b6" in the recording, "[0-9a-f]{40}" from the client$/,
      ],
    ],
    [
      "a parameter that the document lacks",
      success,
      parameterAdded("Undocumented", "x"),
      [
        `har:53: request parameter Undocumented is "x" in the recording, and ${document} has no such parameter`,
        /^har:\d+: request parameter Signature is "da0af08f578bfa68e2b6c6d6324235b09b70b3b6" in the recording/,
      ],
    ],
    [
      "a parameter that is sent twice",
      success,
      parameterAdded("Region", "cn-zj"),
      ["har:53: the parameter Region is sent twice"],
    ],
    [
      "a signature that is missing",
      success,
      (har) =>
        void query(har).splice(
          query(har).findIndex(({ name }) => name === "Signature"),
          1,
        ),
      [
        /^har:\d+: request parameter Signature is absent in the recording, "da0af08f578bfa68e2b6c6d6324235b09b70b3b6" from the client$/,
      ],
    ],
    [
      "a required parameter that is missing",
      success,
      (har) =>
        void query(har).splice(
          query(har).findIndex(({ name }) => name === "SpaceId"),
          1,
        ),
      [
        /^har:\d+: the answer is .* in the recording, the client gave the error InvalidParameterError: DescribeUMemBackupURL: SpaceId is required\. Nothing was sent\.$/,
      ],
    ],
    [
      "an action that no document describes",
      success,
      parameter("Action", "Nothing"),
      [/^har:\d+: calls the action "Nothing", which no document describes$/],
    ],
    [
      "a field of another type",
      success,
      body((answer) => {
        answer.BackupURL = ["https://backup.example.com/a", 5];
      }),
      [`har:71: BackupURL.1 is 5 in the recording, but ${document} says it must be string (type: "string")`],
    ],
    [
      "a required field that is missing",
      success,
      body((answer) => {
        delete answer.BackupURL;
      }),
      [`har:71: BackupURL is required by ${document}, and the recording has none`],
    ],
    [
      "a field that the document lacks",
      success,
      body((answer) => {
        answer.Expires = 60;
      }),
      [`har:71: Expires is 60 in the recording, and ${document} has no such field`],
    ],
    [
      "all of these at once",
      success,
      body((answer) => {
        answer.BackupURL = 5;
        answer.Expires = 60;
        delete answer.Action;
      }),
      [/Action is required/, /BackupURL is 5/, /Expires is 60/],
    ],
    [
      "an error without Message",
      failure,
      body((answer) => {
        delete answer.Message;
      }),
      [/^har:\d+: Message is required by/, /^har:\d+: Message should be absent, the client's error has ""$/],
    ],
    [
      "a RetCode as a text",
      failure,
      body((answer) => {
        answer.RetCode = "230";
      }),
      [/^har:\d+: RetCode is "230" in the recording, but .* says it must be integer/],
    ],
    [
      "a RetCode that the document does not list",
      failure,
      body((answer) => {
        answer.RetCode = 987654;
      }),
      [`har:71: RetCode is 987654 in the recording, and ${document} lists no such code`],
    ],
    [
      "an answer of another type",
      success,
      (har) => {
        const { content } = har.log.entries[0]?.response ?? {};
        if (content) content.mimeType = "text/html";
      },
      [`har:70: the answer is text/html in the recording, but ${document} says application/json`],
    ],
    [
      "another status",
      failure,
      (har) => {
        const { response } = har.log.entries[0] ?? {};
        if (response) response.status = 500;
      },
      [`har:58: status is 500 in the recording, and ${document} has 200 only`],
    ],
    [
      "a header of another type",
      success,
      (har) => {
        for (const header of har.log.entries[0]?.response.headers ?? []) header.value = "text/html";
      },
      [`har:70: the answer is text/html in the recording, but ${document} says application/json`],
    ],
    [
      "an answer that is not JSON",
      success,
      (har) => {
        const { content } = har.log.entries[0]?.response ?? {};
        if (content) content.text = "<html>";
      },
      ["har:71: the recorded answer is not a JSON object"],
    ],
    [
      "a recording that does not say where it comes from",
      success,
      (har) => {
        Reflect.deleteProperty(har.log, "_origin");
      },
      ["har:2: log must have required property '_origin'"],
    ],
    [
      "a recording with another origin",
      success,
      (har) => {
        Object.assign(har.log, { _origin: "dreamt" });
      },
      [/^har:\d+: log\._origin must be equal to one of the allowed values$/],
    ],
  ])("%s", async (_, file, bend, found) => {
    const told = await disagreements(file, bend);
    const matches = (text: string | RegExp, line: string) =>
      typeof text === "string" ? text === line : text.test(line);
    expect(told.filter((line) => !found.some((text) => matches(text, line)))).toEqual([]);
    expect(found.filter((text) => !told.some((line) => matches(text, line)))).toEqual([]);
  });

  test("a size that is not the text's", async () => {
    const bend = body((answer) => {
      answer.BackupURL = [];
    });
    expect(await disagreements(success, bend, { keepsSize: true })).toEqual([
      "har:69: content.size is 252, but text has 69 bytes",
    ]);
  });

  test("an address that is not the gateway's", async () => {
    const elsewhere: Bend = (har) => {
      const { request } = har.log.entries[0] ?? {};
      if (request) request.url = request.url.replace("api.dezai.com/", "api.example.com/v2");
    };
    expect(await disagreements(success, elsewhere, { keepsUrl: true })).toEqual([
      "har:16: the request goes to https://api.example.com/v2 in the recording, to https://api.dezai.com/ from the client",
    ]);
  });

  test("a URL that is not what queryString says", async () => {
    expect(await disagreements(success, parameter("BackupId", "other"), { keepsUrl: true })).toEqual([
      "har:16: the query of url and queryString differ",
    ]);
  });

  test("a file that was cut off, in one line of report", async () => {
    const text = (await readFile(success, "utf8")).slice(0, 900);
    const diagnostics = new Diagnostics();
    expect(parseRecording({ path: "har", text }, diagnostics)).toBeUndefined();
    expect(formatDiagnostics(diagnostics.list)).toMatch(
      /^har:\d+: is not JSON\n {2}help: Correct the HAR, which is JSON; it may have been cut off\.$/,
    );
  });

  test("and one that was not bent agrees", async () => {
    expect(await disagreements(success, () => {})).toEqual([""]);
  });
});
