import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readAllowances } from "../../scripts/secret-scan/allowed.js";
import { findSuspects } from "../../scripts/secret-scan/rules.js";
import { account } from "../support/recorder.js";

const suspectsIn = (text: string, path = "a.txt") => findSuspects({ path, text });

// In two parts each, since the scan finds whole ones here as well.
const signature = ["2cd5b916dee387a234c0", "ce4a8b2332414b9d7816"].join("");
const withPassword = ["https://me:s3cr3t-9x", "db.corp"].join("@");
const github = ["ghp_kT3vXq9LmZ2wRb7", "NcY5sHd8JfG4aPe6UoW1i"].join("");

describe("the scan for secrets", () => {
  test.each<[what: string, line: string, value: string, kind: RegExp]>([
    ["a private key", `key: ${account.privateKey}`, account.privateKey, /high entropy/],
    [
      "a public key",
      `{"name": "PublicKey", "value": "${account.publicKey}"}`,
      account.publicKey,
      /high entropy/,
    ],
    ["a signature", `"value": "${signature}"`, signature, /signature in hexadecimal/],
    ["a signature in a query", `https://a.example/?A=1&Signature=${signature}"`, signature, /signed link/],
    ["a token", `SECURITY_TOKEN=st-4f9k2m7x1q8z3w6v`, "st-4f9k2m7x1q8z3w6v", /value of a secret/],
    ["a short password", `password: "correct4horse9battery"`, "correct4horse9battery", /value of a secret/],
    ["a token of another service", `use ${github}`, github, /GitHub/],
    ["a link of S3", `https://b.example/f?X-Amz-Date=1&X-Amz-Signature=9f8e7d6c`, "9f8e7d6c", /signed link/],
    [
      "a link of OSS",
      `<a href="https://b.example/f?OSSAccessKeyId=LTAI5tQx&amp;x=1">`,
      "LTAI5tQx",
      /signed link/,
    ],
    [
      "a link of US3",
      `https://b.example/f?UCloudPublicKey=TOKEN_4e2b&Expires=1`,
      "TOKEN_4e2b",
      /signed link/,
    ],
    ["a link with sig", `(https://b.example/f?se=2026&sig=aB3%2Fx9Kq)`, "aB3%2Fx9Kq)", /signed link/],
    ["a password in a URL", `see ${withPassword}/`, withPassword, /basic auth/],
  ])("finds %s, with its line", async (_, line, value, kind) => {
    const found = await suspectsIn(`first\n${line}\n`);
    expect(found).toContainEqual(
      expect.objectContaining({ file: "a.txt", line: 2, value, kind: expect.stringMatching(kind) }),
    );
  });

  test.each([
    "const describeUMemBackupURLOperation: Operation<DescribeUMemBackupURLParams> = operationOf(action);",
    "https://www.dezai.com/docs/api/umem-api/describe_umem_backup_url?lang=zh&token=",
    "expect(url).toMatch(`https://api.example.com/?Action=A&Signature={signature1}`)",
    "password: the password of the account, at least 16 characters",
    "1f6a9c02-5b7e-4d38-9c41-3e8d0a72b615",
  ])("finds nothing in %s", async (line) => {
    expect(await suspectsIn(line)).toEqual([]);
  });

  test("allows a string only in the files and the context of its entry, and reports an entry that nothing needs", async () => {
    const { isAllowed, unused } = readAllowances(`
      - { files: ["*.har"], context: 'PublicKey=x&Signature={value}"', reason: published }
      - { files: ["*.md"], reason: other }`);
    const allowed = async (path: string, text: string) => (await suspectsIn(text, path)).map(isAllowed);
    expect(await allowed("a.har", `"https://a.example/?PublicKey=x&Signature=${signature}"`)).toEqual([true]);
    expect(await allowed("a.har", `"https://a.example/?PublicKey=y&Signature=${signature}"`)).toEqual([
      false,
    ]);
    expect(await allowed("a.txt", `"https://a.example/?PublicKey=x&Signature=${signature}"`)).toEqual([
      false,
    ]);
    expect(unused()).toEqual(["other"]);
  });

  test("no entry allows a signature of another key pair in a recording", async () => {
    const { isAllowed } = readAllowances(await readFile("scripts/secret-scan/allowed.yaml", "utf8"));
    const url = `"url": "https://api.dezai.com/?Action=A&PublicKey=${account.publicKey}&Signature=${signature}"`;
    const found = await suspectsIn(url, "test/recordings/umem/A.har");
    const allowed = Object.fromEntries(found.map((one) => [one.value, isAllowed(one)]));
    expect(allowed).toEqual({ [account.publicKey]: false, [signature]: false });
  });
});
