import { describe, expect, test } from "vitest";
import { failedItems, readResponse } from "../../templates/runtime/response.js";

const retCodes = {
  230: { name: "InvalidParameter", meaning: "It is wrong.", remedy: "Correct it.", retry: "never" },
} as const;

/** What is read of a response, or the error. Secrets are the letters "xx". */
function read(body: string, status = 200, contentType?: string): unknown {
  const headers = new Headers(contentType === undefined ? {} : { "Content-Type": contentType });
  try {
    const redact = (text: string) => text.replaceAll("xx", "<redacted>");
    return readResponse({ status, headers, body }, retCodes, { action: "Do" }, redact);
  } catch (error) {
    return error;
  }
}

const lists = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("a response", () => {
  test.each<[what: string, body: string, status: number, want: unknown]>([
    ["success", '{"RetCode":0,"A":1}', 200, { RetCode: 0, A: 1 }],
    ["success with a RetCode that is a string", '{"RetCode":"0"}', 299, { RetCode: 0 }],
    [
      "success of 500 levels",
      `{"RetCode":0,"A":${lists(499)}}`,
      200,
      JSON.parse(`{"RetCode":0,"A":${lists(499)}}`),
    ],
  ])("is the body: %s", (_, body, status, want) => {
    expect(read(body, status)).toEqual(want);
  });

  test.each<[what: string, body: string, status: number, error: object]>([
    [
      "a RetCode",
      '{"RetCode":230,"Message":"no"}',
      200,
      { name: "RetCodeError", retCode: 230, serverMessage: "no" },
    ],
    [
      "a RetCode below zero",
      '{"RetCode":"-12"}',
      200,
      { name: "RetCodeError", retCode: -12, serverMessage: "" },
    ],
    [
      "a RetCode with an HTTP error",
      '{"RetCode":230}',
      500,
      { name: "RetCodeError", meaning: "It is wrong." },
    ],
    ["a message that is an object", '{"RetCode":1,"Message":{"a":1}}', 200, { serverMessage: '{"a":1}' }],
    ["a message that is null", '{"RetCode":1,"Message":null}', 200, { serverMessage: "" }],
    ["a message that is 0", '{"RetCode":1,"Message":0}', 200, { serverMessage: "0" }],
    ["a message with a secret", '{"RetCode":1,"Message":"axxb"}', 200, { serverMessage: "a<redacted>b" }],
    ["success with status 300", '{"RetCode":0}', 300, { name: "InvalidResponseError", status: 300 }],
    ["success with status 399", '{"RetCode":0}', 399, { name: "InvalidResponseError", status: 399 }],
    ["success with status 400", '{"RetCode":0}', 400, { name: "HttpError", status: 400 }],
    [
      "a RetCode with other characters before it",
      '{"RetCode":"x230"}',
      200,
      { name: "InvalidResponseError" },
    ],
    ["a RetCode with other characters after it", '{"RetCode":"230x"}', 200, { name: "InvalidResponseError" }],
    ["a RetCode that is a fraction", '{"RetCode":2.5}', 200, { name: "InvalidResponseError" }],
    ["a RetCode that is empty", '{"RetCode":""}', 200, { name: "InvalidResponseError" }],
    ["a string", '"text"', 200, { name: "InvalidResponseError" }],
    ["501 levels", `{"RetCode":0,"A":${lists(500)}}`, 200, { name: "InvalidResponseError" }],
    ["a message of 20,000 levels", `{"RetCode":230,"Message":${lists(20_000)}}`, 500, { name: "HttpError" }],
  ])("is an error: %s", (_, body, status, error) => {
    expect(read(body, status)).toMatchObject(error);
  });

  test.each<[what: string, body: string, status: number, type: string | undefined, note: string]>([
    ["no JSON", "oops", 200, "text/plain", "no JSON in 4 characters of text/plain"],
    ["no RetCode", "{}", 404, undefined, "no RetCode in 2 characters of no type"],
    ["levels", lists(501), 200, undefined, "no JSON of 500 levels at most in 1002 characters of no type"],
    ["RetCode 0 with an HTTP error", '{"RetCode":0}', 500, "text/plain", "RetCode 0"],
    ["a secret in its content type", "", 200, "text/xx", "no JSON in 0 characters of text/<redacted>"],
  ])("is described by an error: %s", (_, body, status, type, note) => {
    expect((read(body, status, type) as Error).message).toBe(`Do: HTTP ${status} with ${note}.`);
  });
});

describe("failed items", () => {
  const found = (body: object) =>
    failedItems(body, retCodes).map(({ path, retCode, codeName, serverMessage }) => [
      path,
      retCode,
      codeName,
      serverMessage,
    ]);

  test("have their path at any depth, the code's name and the message", () => {
    const items = [
      { RetCode: 0 },
      { RetCode: 230, Message: "no" },
      { Parts: [[{ RetCode: "7", Message: 5 }]] },
    ];
    expect(found({ RetCode: 0, Set: items, One: { Two: { RetCode: -1 } } })).toEqual([
      ["Set[1]", 230, "InvalidParameter", "no"],
      ["Set[2].Parts[0][0]", 7, "", ""],
      ["One.Two", -1, "", ""],
    ]);
    expect(failedItems({ Set: items }, retCodes)[0]?.item).toBe(items[1]);
  });

  test.each<[what: string, body: object]>([
    ["the response itself", { RetCode: 230 }],
    ["items without a RetCode, or null", { Set: [{}, null, "text", 5, { RetCode: null }] }],
    ["codes that are not integers", { Set: [{ RetCode: 1.5 }, { RetCode: "no" }] }],
    ["codes that are lists or objects", { Set: [{ RetCode: [7] }, { RetCode: { toString: 0 } }] }],
  ])("are not %s", (_, body) => {
    expect(found(body)).toEqual([]);
  });

  test("are found once in a body that contains itself", () => {
    const body: Record<string, unknown> = { Item: { RetCode: 1 } };
    body.Self = body;
    body.Again = body.Item;
    expect(found(body)).toEqual([["Item", 1, "", ""]]);
  });
});
