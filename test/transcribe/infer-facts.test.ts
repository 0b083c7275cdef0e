import { describe, expect, test } from "vitest";
import { bookPage, inferred, row } from "../support/inferred.js";
import { overlayOf } from "../support/overlays.js";
import type { PageType } from "../support/vendor-page.js";

describe("retry safety", () => {
  test.each<[action: string, summary: string, isSafe: boolean | undefined, code: string]>([
    ["DescribeBook", "See a book", true, "inferred-retry-safe"],
    ["GetBookPrice", "获取书的价格", true, "inferred-retry-safe"],
    ["ListBooks", "See all books", true, "inferred-retry-safe"],
    ["CheckBook", "See whether a book is there", true, "inferred-retry-safe"],
    ["QueryBookOwner", "查询书的主人", true, "inferred-retry-safe"],
    ["GetBookStamp", "创建一个印章", false, "retry-unclear"],
    ["GetBookStamp", "Create a stamp", false, "retry-unclear"],
    ["GetBookStamps", "Settings of stamps", true, "inferred-retry-safe"],
    ["CreateBook", "See a book", undefined, ""],
    ["Getaway", "See a book", undefined, ""],
  ])("of %s with the title %j: %s", async (action, summary, isSafe, code) => {
    const { operation, codes } = await inferred(bookPage({ action, summary }));
    expect(operation["x-actiongen-retry-safe"]).toBe(isSafe);
    expect(codes.join()).toBe(code);
  });

  test("is revoked by an overlay", async () => {
    const update = { "x-actiongen-retry-safe": false };
    const { operation, problems } = await inferred(
      bookPage({}),
      await overlayOf({ target: "$.paths['/'].get", update }),
    );
    expect(operation["x-actiongen-retry-safe"]).toBe(false);
    expect(problems).toEqual([]);
  });
});

describe("secrets", () => {
  test.each<[name: string, description: string, type?: PageType]>([
    ["Password", "What opens it"],
    ["AdminPasswd", ""],
    ["PrivateKey", ""],
    ["IKEPreSharedKey", ""],
    ["Tokens", "", "array[string]"],
    ["Secret", "", "object"],
    ["Pwd", "登录密码，8 到 32 个字符"],
    ["VncPwd", "Login password of the screen."],
    ["Body", "密钥对的私钥内容。"],
    ["Psk", "预共享密钥"],
    ["Pem", "Private key of the lock; PEM"],
  ])(
    "%s is one in a request and in a response, described as %j",
    async (name, description, type = "string") => {
      const field = row(name, type, description);
      const page = bookPage({ action: "OpenBook", parameters: [field], response: [field] });
      const { parameter, response, codes } = await inferred(page);
      expect(parameter(name)["x-actiongen-sensitive"]).toBe(true);
      expect(response[name]?.["x-actiongen-sensitive"]).toBe(true);
      expect(codes).toEqual(["inferred-sensitive", "inferred-sensitive"]);
    },
  );

  test.each<[name: string, description: string]>([
    ["BackupURL", "每个分片一个下载URL"],
    ["BackupPath", "Download link of the backup."],
    ["FileUrl", "账单文件下载地址"],
    ["Links", "A signed link for each page"],
    ["DownloadUrl", "Where it is"],
  ])("%s is a download link in a response only, described as %j", async (name, description) => {
    const field = row(name, "string", description);
    const { parameter, response } = await inferred(bookPage({ parameters: [field], response: [field] }));
    expect(parameter(name)).not.toHaveProperty("x-actiongen-sensitive");
    expect(response[name]?.["x-actiongen-sensitive"]).toBe(true);
  });

  test.each<[name: string, description: string, type?: PageType]>([
    ["TokenCount", "How many tokens are left", "int"],
    ["TokenCount", "How many tokens are left"],
    ["PasswordPolicy", "What a password must be"],
    ["PasswordExpireTime", "", "int"],
    ["HasPassword", "是否设置密码", "boolean"],
    ["NeedsCode", "实例是否设置密码"],
    ["TokenID", "上传使用的token的ID"],
    ["token_name", ""],
    ["SecretKeyId", ""],
    ["KeyPairName", "密钥对名称"],
    ["LoginMode", "登录方式。密码：Password，密钥：KeyPair"],
    ["Kind", "Type of the password"],
    ["DownloadCount", "下载次数", "int"],
    ["Home", "Download link of the manual"],
    ["Links", "What to read about it"],
    ["Key", "Key of the label"],
  ])("%s is none, described as %j", async (name, description, type = "string") => {
    const field = row(name, type, description);
    const { parameter, response, codes } = await inferred(
      bookPage({ action: "OpenBook", parameters: [field], response: [field] }),
    );
    expect(parameter(name)).not.toHaveProperty("x-actiongen-sensitive");
    expect(response[name]).not.toHaveProperty("x-actiongen-sensitive");
    expect(codes).toEqual([]);
  });

  test("are found at any depth, and reported at their rows", async () => {
    const lock = { name: "Lock", fields: [row("Password", "string", "What opens it")] };
    const page = bookPage({
      action: "OpenBook",
      parameters: [row("Locks.N.Code.Password", "string", "What opens it")],
      response: [row("Locks", { model: "Lock", array: true }, "All locks")],
      models: [lock],
    });
    const { schemas, notes } = await inferred(page);
    expect(schemas.Lock?.properties.Password?.["x-actiongen-sensitive"]).toBe(true);
    expect(notes).toEqual([
      "inferred-sensitive: | **Locks.N.Code.Password** | string | What opens it |No| → Locks.Code.Password is a secret, by its name",
      "inferred-sensitive: | **Password** | string | What opens it |No| → Password is a secret, by its name",
    ]);
  });

  test("are revoked by an overlay", async () => {
    const overlay = await overlayOf({
      target: "$.paths['/'].get.parameters[?@.name == 'Token']",
      update: { "x-actiongen-sensitive": false },
    });
    const page = bookPage({ parameters: [row("Token", "string", "What the reader gets back")] });
    const { parameter, problems } = await inferred(page, overlay);
    expect(parameter("Token")["x-actiongen-sensitive"]).toBe(false);
    expect(problems).toEqual([]);
  });
});
