import { describe, expect, test } from "vitest";
import {
  body,
  type Change,
  disagreements,
  failure,
  parameter,
  parameterAdded,
  query,
  success,
} from "../support/disagreements.js";

describe("reports a disagreement with the field, the file, its line and both values:", () => {
  const document = "umem/DescribeUMemBackupURL.openapi.yaml";
  test.each<[what: string, file: string, change: Change, found: (string | RegExp)[]]>([
    [
      "a parameter's value that does not fit the signature",
      success,
      parameter("BackupId", "other"),
      [
        /^har:\d+: request parameter Signature is of type string \(hidden\) in the recording, of type string \(hidden\) from the client$/,
      ],
    ],
    [
      "a parameter that the document lacks",
      success,
      parameterAdded("Undocumented", "x"),
      [
        `har:53: request parameter Undocumented is "x" in the recording, and ${document} has no such parameter`,
        /^har:\d+: request parameter Signature is of type string \(hidden\) in the recording/,
      ],
    ],
    [
      "a duplicated parameter",
      success,
      parameterAdded("Region", "cn-zj"),
      ["har:53: the parameter Region is duplicated"],
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
        /^har:\d+: request parameter Signature is absent in the recording, of type string \(hidden\) from the client$/,
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
        /^har:\d+: request parameter SpaceId is absent in the recording, but umem\/DescribeUMemBackupURL.openapi.yaml requires it$/,
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
      body((response) => {
        response.BackupURL = ["https://backup.example.com/a", 5];
      }),
      [
        `har:71: BackupURL.1 is of type integer (hidden) in the recording, but ${document} says it must be of type string (type: "string")`,
      ],
    ],
    [
      "a required field that is missing",
      success,
      body((response) => {
        delete response.BackupURL;
      }),
      [`har:71: BackupURL is required by ${document}, and the recording has none`],
    ],
    [
      "a field that the document lacks",
      success,
      body((response) => {
        response.Expires = 60;
      }),
      [`har:71: Expires is 60 in the recording, and ${document} has no such field`],
    ],
    [
      "all of these at once",
      success,
      body((response) => {
        response.BackupURL = 5;
        response.Expires = 60;
        delete response.Action;
      }),
      [/Action is required/, /BackupURL is of type integer/, /Expires is 60/],
    ],
    [
      "an error without Message",
      failure,
      body((response) => {
        delete response.Message;
      }),
      [/^har:\d+: Message is required by/],
    ],
    [
      "a RetCode that is a string",
      failure,
      body((response) => {
        response.RetCode = "230";
      }),
      [/^har:\d+: RetCode is "230" in the recording, but .* says it must be of type integer/],
    ],
    [
      "a RetCode that the document does not list",
      failure,
      body((response) => {
        response.RetCode = 987654;
      }),
      [`har:71: RetCode is 987654 in the recording, and ${document} lists no such code`],
    ],
    [
      "a response of another type",
      success,
      (har) => {
        const { content } = har.log.entries[0]?.response ?? {};
        if (content) content.mimeType = "text/html";
      },
      [`har:70: the response is text/html in the recording, but ${document} says application/json`],
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
      [`har:70: the response is text/html in the recording, but ${document} says application/json`],
    ],
    [
      "a response that is not JSON",
      success,
      (har) => {
        const { content } = har.log.entries[0]?.response ?? {};
        if (content) content.text = "<html>";
      },
      ["har:71: the recorded response body is not a JSON object, or is nested deeper than 200 levels"],
    ],
    [
      "a recording with another origin",
      success,
      (har) => {
        Object.assign(har.log, { _origin: "dreamt" });
      },
      [/^har:\d+: log\._origin must be "documented" or "captured"$/],
    ],
  ])("%s", async (_, file, change, found) => {
    const reported = await disagreements(file, change);
    const matches = (text: string | RegExp, line: string) =>
      typeof text === "string" ? text === line : text.test(line);
    expect(reported.filter((line) => !found.some((text) => matches(text, line)))).toEqual([]);
    expect(found.filter((text) => !reported.some((line) => matches(text, line)))).toEqual([]);
  });

  test("and none for an unchanged recording", async () => {
    expect(await disagreements(success, () => {})).toEqual([""]);
  });
});
