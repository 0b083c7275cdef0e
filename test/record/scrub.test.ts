import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/record/exchange.js";
import { recordingOf } from "../../scripts/record/har.js";
import { scrub } from "../../scripts/record/scrub.js";
import { actionNamed } from "../support/mock.js";
import { account, entryOf, recordCall, serveBody } from "../support/recorder.js";
import { api } from "../support/seed-action.js";

const links = actionNamed(api, "DescribeUMemBackupURL");
const spaces = actionNamed(api, "DescribeUMemSpace");

function exchangeOf(
  body: object | string,
  parameters: Record<string, string> = {},
  action = links,
): Exchange {
  return {
    action,
    method: "GET",
    parameters: new Map(Object.entries({ Action: action.name, ...parameters })),
    status: 200,
    headers: [["Content-Type", "application/json"]],
    body: typeof body === "string" ? body : JSON.stringify(body),
    startedAt: "2026-01-31T12:00:00.000Z",
    time: 12,
  };
}

/** The recorded body. */
function scrubbed(body: object | string, parameters: Record<string, string> = {}, action = spaces) {
  const { exchanges } = scrub([exchangeOf(body, parameters, action)], api, []);
  return JSON.parse(exchanges[0]?.body ?? "");
}

/** Forms in which programs write a string. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(text).toString("hex"),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  (text) => text.slice(0, Math.max(16, text.length - 3)),
];

test.each(encodings.map((encode, index) => [index, encode] as const))(
  "no secret in encoding %i gets from any place of a request or a response into a recording",
  (_, encode) => {
    const secret = fc
      .string({ minLength: 16, maxLength: 44, unit: "grapheme-ascii" })
      .filter((one) => /\S{16}/.test(one));
    const secrets = fc.tuple(secret, secret, secret, secret);
    fc.assert(
      fc.property(secrets, ([publicKey, privateKey, token, link]) => {
        const all = [publicKey, privateKey, token, link];
        const echo = all.map(encode).join(" ");
        const exchange = exchangeOf(
          {
            RetCode: 0,
            Action: encode(token),
            Message: `Denied: ${echo} in '${encode(publicKey)}'`,
            BackupURL: [
              link,
              `https://h.example/${encodeURIComponent(link)}?X-Amz-Signature=${encode(token)}`,
            ],
            [encode(privateKey)]: 1,
            State: encode(link),
            Request: { [encode(token)]: [encode(publicKey), echo] },
          },
          {
            SpaceId: encode(publicKey),
            [encode(token)]: encode(privateKey),
            PublicKey: publicKey,
            SecurityToken: token,
            Signature: "0123456789abcdef0123456789abcdef01234567",
          },
        );
        const headers = [
          ...exchange.headers,
          ["X-Echo", echo],
          ["X-UCLOUD-REQUEST-UUID", echo],
          ["Set-Cookie", echo],
        ];
        const sent = { ...exchange, headers: headers as Exchange["headers"] };
        const { exchanges } = scrub([sent], api, [privateKey]);
        const text = exchanges.map((one) => recordingOf(one, api.brand)).join();
        const forms = [text, ...strings(JSON.parse(text))];
        for (const value of all)
          for (const form of encodings) expect(forms.filter((one) => one.includes(form(value)))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  },
);

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...strings(item)]);
}

describe("scrub", () => {
  const space = { RetCode: 0, Action: "DescribeUMemSpaceResponse", TotalCount: 1 };

  test("replaces what may be private with a value of the same shape, and equal values with equal ones", () => {
    const { DataSet } = scrubbed({
      ...space,
      DataSet: [
        {
          SpaceId: "umem-k3J9",
          Name: "payroll",
          Address: [{ IP: "10.9.8.7", Port: 6379 }],
          Owner: "a.b@corp.example",
        },
        { SpaceId: "umem-k3J9", Name: "payroll", Size: 4, State: "Running", CreateTime: 1_700_000_000 },
      ],
    });
    expect(DataSet[0]).toEqual({
      SpaceId: expect.stringMatching(/^[a-z]{4}-[a-z]\d[A-Z]\d$/),
      Name: expect.stringMatching(/^[a-z]{7}$/),
      Address: [{ IP: "192.0.2.3", Port: 6379 }],
      Owner: expect.stringMatching(/^[a-z]{8}@example\.com$/),
    });
    expect(DataSet[1]).toEqual({
      SpaceId: DataSet[0].SpaceId,
      Name: DataSet[0].Name,
      Size: 4,
      State: "Running",
      CreateTime: 1_700_000_000,
    });
    expect(JSON.stringify(DataSet)).not.toMatch(/k3J9|payroll|10\.9|corp/);
  });

  test.each<[field: string, value: unknown, kind: RegExp]>([
    [
      "Link",
      "https://b.example/f.rdb.gz?OSSAccessKeyId=abc&Signature=d%3D",
      /^"https:\/\/files\.example\.com\/[a-z]{8}\.rdb\.gz"$/,
    ],
    ["Peer", "fd00::12", /^"2001:db8::[0-9a-f]+"$/],
    ["Net", "10.0.0.0/16", /^"192\.0\.2\.\d+\/16"$/],
    ["Host", "db1.corp.example", /^"[a-z]{8}\.example\.com"$/],
    [
      "Uuid",
      "1f0c9a5e-8a1b-4c3d-9e2f-0a1b2c3d4e5f",
      /^"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$/,
    ],
    ["OwnerId", 56_001_234, /^[1-9]\d{7}$/],
    ["Balance", -12.5, /^-\d\d\.\d$/],
    ["Phone", "13800138000", /^"\d{11}"$/],
    ["Remark", "客户 acme", /^"\p{Script=Han}{2} [a-z]{4}"$/u],
    ["Password", "hunter2", /^"[A-Za-z0-9]{7}"$/],
  ])("a %s of another value stays one", (field, value, kind) => {
    const { DataSet } = scrubbed({ ...space, DataSet: [{ [field]: value }] });
    const after = JSON.stringify(DataSet[0][field]);
    expect(after).toMatch(kind);
    expect(after).not.toBe(JSON.stringify(value));
  });

  test("keeps the digits, the order and the repetition of everything else", () => {
    const body =
      '{"RetCode": 0,"DataSet":[],  "TotalCount": 12345678901234, "TotalCount": 1.50,"Flag":true, "None":null}';
    const { exchanges } = scrub([exchangeOf(body, {}, spaces)], api, []);
    expect(exchanges[0]?.body).toBe(body);
  });

  test("replaces the keys of a map and of unknown objects only if they can be values", () => {
    const { Extra } = scrubbed({ ...space, Extra: { "uhost-12": 1, DiskSize: 2, WfTAPwME: 3 } });
    expect(Object.keys(Extra)).toEqual([
      expect.stringMatching(/^[a-z]{5}-\d\d$/),
      "DiskSize",
      expect.stringMatching(/^[A-Za-z]{8}$/),
    ]);
    expect(JSON.stringify(Extra)).not.toMatch(/uhost|WfTAPwME/);
  });

  test("replaces a long string beside a message, and one that UTF-8 cannot encode", () => {
    const note = "Ab 1".repeat(20_000);
    const body = JSON.stringify({ RetCode: 292, Message: "ok", Note: note, Password: "\ud800 hidden" });
    const result = scrubbed(body);
    expect(result).toEqual({
      RetCode: 292,
      Message: "ok",
      Note: expect.any(String),
      Password: expect.any(String),
    });
    expect(result.Note).toHaveLength(note.length);
    expect(result.Note + result.Password).not.toMatch(/Ab 1Ab|hidden/);
  });

  test("replaces a known value in a message: a short one as a word only, the longest one first", () => {
    const message = "umem umem-7 abc xabc abc2 <abcdefgh> xabcdefghx";
    const body = { RetCode: 292, Ids: ["umem-7", "abc", "abcdefgh"], Message: message };
    const { Ids, Message } = scrubbed(body);
    const [space, short, long] = Ids;
    expect(Message.split(" ")).toEqual([
      "umem",
      space,
      short,
      "xabc",
      expect.stringMatching(/^[a-z]{3}\d$/),
      `<${long}>`,
      `x${long}x`,
    ]);
  });

  test("keeps the prose of a message, and replaces what it quotes", () => {
    const { body, query } = (() => {
      const message =
        "Project [org-77] of 'alice' has no space payroll (10.1.2.3), see https://x.example/?sig=1. Params [SpaceId]";
      const parameters = { SpaceId: "payroll", ProjectId: "org-77" };
      const exchange = exchangeOf({ RetCode: 292, Message: message }, parameters, spaces);
      const [one] = scrub([exchange], api, []).exchanges;
      return { body: JSON.parse(one?.body ?? ""), query: one?.parameters };
    })();
    expect(body.Message).toMatch(
      /^Project \[[a-z]{3}-\d\d\] of '[a-z]{5}' has no space [a-z]{7} \(192\.0\.2\.\d+\), see https:\/\/files\.example\.com\/[a-z]{8}\. Params \[SpaceId\]$/,
    );
    expect(body.Message).toContain(`[${query?.get("ProjectId")}] of`);
    expect(body.Message).toContain(`space ${query?.get("SpaceId")} (`);
  });

  test.each<[message: string, kind: RegExp]>([
    ["Instance 'Payroll Berlin Acme' not found", /^Instance 'x{7} x{6} x{4}' not found$/],
    ['Space "Acme 5 Corp" is busy, "Bob" waits', /^Space "x{4} \d x{4}" is busy, "x{3}" waits$/],
    ["Name `Payroll Berlin` exists", /^Name `x{7} x{6}` exists$/],
    ["用户“张三 李四 公司”不存在", /^用户“字字 字字 字字”不存在$/],
    ["名称〖张三 公司〗｢李四 公司｣〝王五 公司〞不存在", /^名称〖字字 字字〗｢字字 字字｣〝字字 字字〞不存在$/],
    ["Instance „Payroll Berlin“ not found", /^Instance „x{7} x{6}“ not found$/],
    ["Instance ‹Payroll Berlin› ＜Acme Corp＞ fails", /^Instance ‹x{7} x{6}› ＜x{4} x{4}＞ fails$/],
    ["用户”张三 李四”不存在", /^用户”字字 字字”不存在$/],
    ["用户‘张三 李四’、'王五 赵六'不存在", /^用户‘字字 字字’、'字字 字字'不存在$/],
    [
      "项目「张三 公司」（李四 公司）【王五】《赵六 公司》不存在",
      /^项目「字字 字字」（字字 字字）【字字】《字字 字字》不存在$/,
    ],
    [
      "tag [Prod Berlin, Acme Corp] of (John Smith) <Jane Doe> {Acme}",
      /^tag \[x{4} x{6}, x{4} x{4}\] of \(x{4} x{5}\) <x{4} x{3}> \{x{4}\}$/,
    ],
    ["Missing params [SpaceId Region]", /^Missing params \[SpaceId Region\]$/],
    ["Space 'Name of Berlin' exists", /^Space 'x{4} x{2} x{6}' exists$/],
    ["(tag (Acme) of Berlin) is in use", /^\(x{3} \(x{4}\) x{2} x{6}\) is in use$/],
    ["can't find the user's disks, or others' disks", /^can't find the user's disks, or others' disks$/],
    ["User’s tag ‘Tom’s Berlin Office’ can’t stay", /^User’s tag ‘x{3}’[sx] x{6} x{6}’ can’t stay$/],
    ["tag 'Tom's Berlin Office' can't stay", /^tag 'x{3}'[sx] x{6} x{6}' can't stay$/],
    ["Space 'James' Berlin Office' not found", /^Space 'x{5}' x{6} x{6}' not found$/],
    ["Both 'disks' and 'Berlin Office' exist", /^Both 'x{5}' and 'x{6} x{6}' exist$/],
    ["Access of O'Brien Berlin denied", /^Access of O'x{5} x{6} x{6}$/],
    ["no name'Payroll Berlin' there", /^no name'x{7} x{6}' there$/],
    ["Instance 'Payroll Berlin not found", /^Instance 'x{7} x{6} x{3} x{5}$/],
    ['5" disk "Payroll Berlin Acme" failed', /^5" x{4} "x{7} x{6} x{4}" x{6}$/],
    ["Size < 7 is expected", /^Size < 7 is expected$/],
  ])("what a message quotes is replaced, with all of its words: %s", (message, kind) => {
    const { Message } = scrubbed({ RetCode: 292, Message: message });
    // Which words stayed shows when every other is the same.
    const words = new Set(message.match(/[\p{L}\p{N}]+/gu));
    const shape = (Message as string).replace(/[\p{L}\p{N}]+/gu, (word) =>
      words.has(word) ? word : word.replace(/\p{Script=Han}/gu, "字").replace(/[a-z]/gi, "x"),
    );
    expect(shape).toMatch(kind);
  });

  test("replaces a known value in a message in upper and lower case", () => {
    const { DataSet, Message } = scrubbed({
      RetCode: 292,
      DataSet: [{ Name: "Payroll" }, { Name: "Müller İzmir" }],
      Message: "Resource payroll of PAYROLL exists, as Payroll and MÜLLER İzmir do",
    });
    expect(Message).toMatch(/^Resource [a-z]{7} of [A-Z]{7} exists, as \S+ and \S+ \S+ do$/);
    expect(Message).not.toMatch(/payroll|müller|izmir/i);
    expect(Message).toContain(`as ${DataSet[0].Name} and`);
  });

  test("replaces the rest of a message that quotes the beginning of a long value", () => {
    const path = `https://bucket.example/${"backups/".repeat(8)}`;
    const links = Array.from({ length: 40 }, (_, at) => `${path}Payroll${at}`);
    const { Message } = scrubbed({
      RetCode: 292,
      Links: links,
      Message: `File ${links[39]} and ${path}Payroll is busy`,
    });
    expect(Message).toMatch(/^File https:\/\/files\.example\.com\//);
    expect(Message).not.toMatch(/bucket|backups|Payroll/);
  });

  test.each([
    ["keys of one digit", ["9", "2", "5", "6", "7", "3", "8", "4", "1"]],
    ["keys of one letter", [..."qwertyuiopasdfghjklzxcvbnm"].map((letter) => `${letter}-`)],
  ])("no two %s of a map become the same", (_, keys) => {
    // Text, since an object would sort them.
    const { Map: map } = scrubbed(`{"RetCode":0,"Map":{${keys.map((key) => `"${key}":true`)}}}`);
    expect(Object.keys(map)).toHaveLength(keys.length);
  });
});

test("what is saved has no key, and no header that is not listed", async () => {
  const { publicKey, privateKey } = account;
  const secret = `${publicKey} ${privateKey}`;
  const baseUrl = await serveBody(
    {
      RetCode: 0,
      Action: "DescribeUMemBackupURLResponse",
      BackupURL: [`https://b.example/?AccessKeyId=${publicKey}`],
    },
    { "set-cookie": `session=${secret}`, "x-echo": secret, "x-ucloud-request-uuid": "1f0c9a5e-8a1b" },
  );
  const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "s-1", BackupId: publicKey };
  const { files, code } = await recordCall("DescribeUMemBackupURL", params, baseUrl, {
    env: { DEZAI_SECURITY_TOKEN: "token-1234567890" },
  });
  expect(code).toBe(0);
  expect(Object.values(files).join()).not.toMatch(
    new RegExp(`${publicKey}|${privateKey}|token-123|session|1f0c9a5e|b\\.example`),
  );
  const { entry, query } = entryOf(files);
  expect(entry.response.headers.map(({ name }) => name)).toEqual(["content-type", "X-UCLOUD-REQUEST-UUID"]);
  expect([entry.request.headers, entry.request.cookies, entry.response.cookies]).toEqual([[], [], []]);
  expect(query.PublicKey).toBe(api.brand.exampleCredentials.publicKey);
  expect(query).not.toHaveProperty("SecurityToken");
});
