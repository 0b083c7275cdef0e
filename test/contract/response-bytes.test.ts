import { describe, expect, test } from "vitest";
import { show } from "../../scripts/contract/finding.js";
import { captured, findingsOf } from "../support/recorded.js";
import { api } from "../support/seed-action.js";

const call = {
  Action: "DescribeUMemBackupURL",
  Region: "cn-zj",
  Zone: "cn-zj-01",
  SpaceId: "space",
  BackupId: "backup",
};
const body =
  '{"RetCode": 0, "Action": "DescribeUMemBackupURLResponse", "BackupURL": ["https://backup.example.com/a"]}';
const space = (size: string) =>
  `{"RetCode": 0, "Action": "DescribeUMemSpaceResponse", "DataSet": [{"Size": ${size}}]}`;
const type = (value: string) => [{ name: "content-type", value }];

async function found(
  text: string,
  response: object = {},
  parameters: Readonly<Record<string, string>> = call,
) {
  const found = await findingsOf(api, captured(api, parameters, text, { response }));
  return found.map(({ code, at, message }) => ({ code, at, message }));
}

test("a response of the documented form has no findings", async () => {
  expect(await found(body)).toEqual([]);
});

describe("the type of a response", () => {
  const content = { mimeType: "application/json", text: body };
  test.each([
    ["UTF-8", type("application/json; charset=UTF-8"), []],
    ["UTF-8 in quotes", type('application/json;charset="utf-8"'), []],
    ["another charset", type("application/json; charset=gbk"), ["response-charset"]],
    ["another type", type("text/html"), ["response-type"]],
    ["no headers, which some tools do not write", [], []],
    ["headers without a type", [{ name: "Server", value: "x" }], ["response-type"]],
  ])("%s", async (_, headers, codes) => {
    expect((await found(body, { headers, content })).map(({ code }) => code)).toEqual(codes);
  });

  test("neither a header nor mimeType", async () => {
    const [only, ...others] = await found(body, { headers: [], content: { text: body } });
    expect(only?.message).toBe("the response has no header Content-Type in the recording");
    expect(others).toEqual([]);
  });
});

describe("the bytes of a response", () => {
  const bytes = Buffer.from(body.replace("backup.example", "backup.\u00e9xample"));
  const content = (data: Buffer) => ({
    content: { mimeType: "application/json", text: data.toString("base64"), encoding: "base64" },
  });
  test.each<[what: string, data: Buffer, message: string]>([
    [
      "invalid UTF-8",
      Buffer.concat([Buffer.from(`${body.slice(0, -3)}`), Buffer.from([0xff]), Buffer.from('"]}')]),
      "the response body is not valid UTF-8 in the recording",
    ],
    [
      "a byte order mark",
      Buffer.from(`\uFEFF${body}`),
      "the response body begins with a byte order mark in the recording",
    ],
    [
      "characters that the tool replaced",
      Buffer.from(`${body.slice(0, -3)}\uFFFD"]}`),
      "the response body has replaced characters in the recording",
    ],
  ])("%s", async (_, data, message) => {
    const findings = await found("", content(data));
    expect(findings).toContainEqual({ code: "response-encoding", at: "", message });
  });

  test("valid UTF-8 beyond ASCII", async () => {
    const codes = (await found("", content(bytes))).map(({ code }) => code);
    expect(codes).not.toContain("response-encoding");
  });
});

describe("what parsing a body loses", () => {
  test("a key that appears twice, with its path", async () => {
    const twice = body.replace('"RetCode": 0', '"RetCode": 0, "RetCode": 0');
    const message = "RetCode appears twice in the recording";
    expect(await found(twice)).toEqual([{ code: "body-duplicate-key", at: "$.RetCode", message }]);
  });

  test.each(["9007199254740993", "-9007199254740993", "9007199254740993.0", "1e999"])(
    "digits of %s",
    async (number) => {
      const action = { Action: "DescribeUMemSpace", Region: "cn-zj" };
      const [lost] = (await found(space(number), {}, action)).filter(({ code }) => code === "field-digits");
      expect(lost?.message).toBe(
        `DataSet.0.Size is a number of ${number.length} characters in the recording, which is beyond 2^53 and loses digits`,
      );
    },
  );

  test.each([
    ["9007199254740993", "a number beyond 2^53"],
    ["1e999", "a number beyond 2^53"],
  ])("no message shows digits that %s does not have", async (value, shown) => {
    const findings = await found(body.replace('"RetCode": 0', `"RetCode": 0, "Size": ${value}`));
    expect(findings.find(({ code }) => code === "field-undocumented")?.message).toBe(
      `Size is ${shown} in the recording, and umem/DescribeUMemBackupURL.openapi.yaml has no such field`,
    );
  });

  test("nor digits that a number in an object does not have", () => {
    expect(show(JSON.parse('{ "Bytes": [-9007199254740993, 1.5] }'), false)).toBe(
      '{"Bytes":["a number beyond 2^53",1.5]}',
    );
  });

  test("no digits of the largest safe integer", async () => {
    const action = { Action: "DescribeUMemSpace", Region: "cn-zj" };
    expect((await found(space("9007199254740991"), {}, action)).map(({ code }) => code)).not.toContain(
      "field-digits",
    );
  });
});

test("the response of another action", async () => {
  const [only, ...others] = await found(body.replace("BackupURLResponse", "BackupResponse"));
  expect(only?.message).toBe(
    'Action is "DescribeUMemBackupResponse" in the recording, and not DescribeUMemBackupURLResponse',
  );
  expect(others).toEqual([]);
});
