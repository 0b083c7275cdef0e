import { type ExecFileException, execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { documentPath, edit, specFolder, temporaryFolder } from "../support/spec-folder.js";

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person does, with nothing of this machine's environment that names a key. */
function actiongen(
  args: readonly string[],
  { input = "", env = {}, cwd = "." }: { input?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Result> {
  return new Promise((settle) => {
    const done = (error: ExecFileException | null, out: string, err: string) =>
      settle({ code: error === null ? 0 : Number(error.code), out, err });
    const child = execFile(
      process.execPath,
      [resolve("scripts/bin.mjs"), ...args],
      { cwd, env: { PATH: process.env.PATH ?? "", ...env } },
      done,
    );
    child.stdin?.end(input);
  });
}

const keys = [
  "--public-key",
  "ucloudsomeone@example.com1296235120854146120",
  "--private-key",
  "46f09bb9fab4f12dfc160dae12273d5332b5debe",
];
/** A specification of one's own, and what was generated from it. */
async function generatedOnce(): Promise<{ spec: string; out: string }> {
  const [spec, out] = [await specFolder(), join(await temporaryFolder(), "out")];
  await actiongen(["generate", "--spec", spec, "--out", out]);
  return { spec, out };
}

/** Every file below a folder, by path. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, "utf8")]),
  );
  return Object.fromEntries(texts);
}

const isTrace = /^\s+at /m;

describe("generate", () => {
  test("writes, then has nothing to do, and check agrees", async () => {
    const out = join(await temporaryFolder(), "out");
    const first = await actiongen(["generate", "--out", out]);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^wrote .*packages\/umem\/src\/client\.ts$/m);
    expect((await actiongen(["generate", "--out", out])).out).toMatch(
      /^0 written, 0 removed, \d+ unchanged\.\n$/,
    );
    expect(await actiongen(["generate", "--out", out, "--check"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ files are up to date\.\n$/),
    });
  });

  test("what is committed is what is generated", async () => {
    expect(await actiongen(["generate", "--check"])).toMatchObject({ code: 0, err: "" });
  });

  test("gives the same bytes wherever it runs and however the folder is named", async () => {
    const spec = await specFolder();
    const [out, other] = [join(await temporaryFolder(), "out"), join(await temporaryFolder(), "out")];
    await actiongen(["generate", "--spec", spec, "--out", out]);
    await actiongen(["generate", "--spec", ".", "--out", other], { cwd: spec });
    expect(await contents(other)).toEqual(await contents(out));
  });

  test("check lists what would change, exits 1 and writes nothing", async () => {
    const { spec, out } = await generatedOnce();
    await edit(join(spec, documentPath), "ID of the backup.", "Which backup.");
    const before = await contents(out);
    const result = await actiongen(["generate", "--spec", spec, "--out", out, "--check"]);
    expect(result.code).toBe(1);
    expect(result.out).toContain(
      `would write ${relative(process.cwd(), out)}/docs/umem/DescribeUMemBackupURL.md`,
    );
    expect(result.err).toMatch(/^3 files would change\./);
    expect(await contents(out)).toEqual(before);
  });

  test.each<[what: string, from: string, to: string]>([
    ["a parameter", "ID of the backup.", "Which backup."],
    ["a response field", "Download links of the backup, one for each shard.", "Where the shards are."],
    [
      "the action",
      "Returns where a backup of a distributed Redis instance can be downloaded, one link for each shard.",
      "Tells the links.",
    ],
  ])("after a changed description of %s, only the files that hold it change", async (_, from, to) => {
    const { spec, out } = await generatedOnce();
    const holding = Object.entries(await contents(out)).filter(([, text]) => text.includes(from));
    expect(holding.length).toBeGreaterThan(1);
    await edit(join(spec, documentPath), from, to);
    const { out: printed } = await actiongen(["generate", "--spec", spec, "--out", out]);
    const wrote = [...printed.matchAll(/^wrote (.*)$/gm)].map(([, path]) => relative(out, path ?? ""));
    expect(wrote.sort()).toEqual(holding.map(([path]) => path).sort());
  });

  test("reports every fault with its place and exits 1, with no stack trace and nothing written", async () => {
    const spec = await specFolder(
      [documentPath, "name: SpaceId", "name: Space-Id"],
      ["actiongen.yaml", "brand: Dezai\n", ""],
    );
    const out = join(await temporaryFolder(), "out");
    const { code, err, out: printed } = await actiongen(["generate", "--spec", spec, "--out", out]);
    expect([code, printed]).toEqual([1, ""]);
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/actiongen\.yaml:1: the configuration must have required property 'brand'$/),
      "  help: spec/README.md describes each key.",
      expect.stringMatching(
        /DescribeUMemBackupURL\.openapi\.yaml:58: parameter "Space-Id" is no identifier$/,
      ),
      expect.stringMatching(/^ {2}help: Use letters/),
    ]);
    expect(await readdir(join(out, ".."))).toEqual([]);
  });

  test("an output that cannot be written is told without a stack trace", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    const { code, err } = await actiongen(["generate", "--out", join(folder, "file/out")]);
    expect(code).toBe(1);
    expect(err).toMatch(/help: /);
    expect(err).not.toMatch(isTrace);
  });
});

describe("sign", () => {
  test("prints the published signature, and the private key nowhere", async () => {
    const { code, out } = await actiongen(["sign", ...keys], {
      input: '{"Action":"DescribeUHostInstance","Region":"cn-bj2","Limit":10}',
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      stringToSign:
        "ActionDescribeUHostInstanceLimit10PublicKeyucloudsomeone@example.com1296235120854146120Regioncn-bj2<private key>",
      signature: "cba5cf5ec4d4233d206b1b54951e3787350a642f",
      url: "https://api.dezai.com/?Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey=ucloudsomeone%40example.com1296235120854146120&Signature=cba5cf5ec4d4233d206b1b54951e3787350a642f",
    });
  });

  test("shows the private key where it is asked to, and never in the URL", async () => {
    const { out } = await actiongen(["sign", ...keys, "--show-private-key"], { input: '{"Action":"A"}' });
    const { stringToSign, url } = JSON.parse(out);
    expect(stringToSign).toMatch(/46f09bb9fab4f12dfc160dae12273d5332b5debe$/);
    expect(url).not.toContain("46f09bb9fab4f12dfc160dae12273d5332b5debe");
  });

  test("flattens, signs a token and takes a base URL", async () => {
    const args = ["sign", ...keys, "--security-token", "42", "--base-url", "http://127.0.0.1:4010/api"];
    const { out } = await actiongen(args, {
      input: '{"Action":"A","Disks":[{"Size":20.0,"Boot":true}],"None":null}',
    });
    const { stringToSign, url } = JSON.parse(out);
    expect(stringToSign).toBe(
      "ActionADisks.0.BoottrueDisks.0.Size20PublicKeyucloudsomeone@example.com1296235120854146120SecurityToken42<private key>",
    );
    expect(url).toMatch(
      /^http:\/\/127\.0\.0\.1:4010\/api\?Action=A&Disks\.0\.Size=20&Disks\.0\.Boot=true&PublicKey=.*&SecurityToken=42&Signature=[0-9a-f]{40}$/,
    );
  });

  test("takes the key pair from the environment, but not its token for a key that is given", async () => {
    const env = { DEZAI_PUBLIC_KEY: "p", DEZAI_PRIVATE_KEY: "k", DEZAI_SECURITY_TOKEN: "t" };
    const fromEnvironment = await actiongen(["sign"], { input: "{}", env });
    expect(JSON.parse(fromEnvironment.out).stringToSign).toBe("PublicKeypSecurityTokent<private key>");
    const given = await actiongen(["sign", "--public-key", "q", "--private-key", "k"], { input: "{}", env });
    expect(JSON.parse(given.out).stringToSign).toBe("PublicKeyq<private key>");
  });

  test("keeps every digit of a whole number", async () => {
    const { out } = await actiongen(["sign", ...keys], {
      input: '{"Id": 12345678901234567890123, "Size": 1E2, "Rate": 1e-7}',
    });
    expect(JSON.parse(out).stringToSign).toMatch(
      /^Id12345678901234567890123PublicKey.*Rate0\.0000001Size100<private key>$/,
    );
  });

  test("takes a short private key, which any text may hold by chance", async () => {
    const args = ["sign", "--public-key", "foo", "--private-key", "bar", "--security-token", "42"];
    const input = '{"Action":"foo","Name":"foo","ProjectId":"bar","Region":"cn-bj2","Zone":"cn-bj2-02"}';
    expect(JSON.parse((await actiongen(args, { input })).out).signature).toBe(
      "170de002e3ca3acdc3a790badc4d14b09d183e4b",
    );
  });

  test.each<[what: string, args: string[], input: string]>([
    [
      "as the public key",
      ["--public-key", "private-key-of-a-test", "--private-key", "private-key-of-a-test"],
      "{}",
    ],
    [
      "in the token",
      [
        "--public-key",
        "p",
        "--private-key",
        "private-key-of-a-test",
        "--security-token",
        "a private-key-of-a-test b",
      ],
      "{}",
    ],
    [
      "in the base URL",
      [
        "--public-key",
        "p",
        "--private-key",
        "private-key-of-a-test",
        "--base-url",
        "https://h.example/private-key-of-a-test/",
      ],
      "{}",
    ],
    [
      "across a name and its value",
      ["--public-key", "p", "--private-key", "private-key-of-a-test"],
      '{"private-key": "-of-a-test"}',
    ],
    [
      "in a name whose value cannot be sent",
      ["--public-key", "p", "--private-key", "private-key-of-a-test"],
      '{"private-key-of-a-test": [{"a": 1}, 1e400]}',
    ],
  ])("does not print a private key that stands %s", async (_, args, input) => {
    const { code, out, err } = await actiongen(["sign", ...args], { input });
    expect([code, out]).toEqual([1, ""]);
    expect(err).not.toContain("private-key-of-a-test");
    expect(err).toMatch(/private key/);
  });

  test.each<[what: string, input: string, args: string[], err: string]>([
    [
      "no input",
      "",
      keys,
      'standard input:1: is empty\n  help: Give the parameters as a JSON object, like {"Action": "…", "Region": "…"}.\n',
    ],
    [
      "no JSON",
      '{"Action": "A",\n"Password": hunter2}',
      keys,
      'standard input:2: is not JSON\n  help: Give the parameters as a JSON object, like {"Action": "…", "Region": "…"}.\n',
    ],
    [
      "no object",
      "[1]",
      keys,
      'standard input:1: is not a JSON object of parameters\n  help: Give one like {"Action": "…"}.\n',
    ],
    [
      "a key that stands twice",
      '{"Action": "A",\n"Action": "B"}',
      keys,
      "standard input:2: a key stands twice in one object\n  help: Remove one.\n",
    ],
    [
      "values that cannot be sent, the private key among them",
      '{"Action": "A",\n"Disks": [{"Size": 1},\n{"Size": 1e400}],\n"Key": "46f09bb9fab4f12dfc160dae12273d5332b5debe"}',
      keys,
      "standard input:3: Disks[1].Size is Infinity, which is no number on the wire\n  help: Correct the value.\n" +
        "standard input:4: a parameter holds the private key, which is never sent\n  help: Leave it out.\n",
    ],
  ])("tells of %s", async (_, input, args, err) => {
    expect(await actiongen(["sign", ...args], { input })).toEqual({ code: 1, out: "", err });
  });
});

describe("usage", () => {
  test.each<[args: string[], code: number, text: RegExp]>([
    [
      ["--help"],
      0,
      /Examples:\n(.*actiongen.*\n){3}\nExit codes: 0 done, 1 faults found in the input, 2 wrong usage/,
    ],
    [["generate", "--help"], 0, /Example:\n {2}npm run actiongen -- generate/],
    [["sign", "--help"], 0, /Example:\n {2}echo/],
    [["mock", "--help"], 0, /Example:\n {2}npm run actiongen -- mock/],
    [[], 2, /Usage: actiongen/],
    [["frobnicate"], 2, /unknown command 'frobnicate'/],
    [["generate", "--frobnicate"], 2, /unknown option '--frobnicate'/],
    [["generate", "--spec"], 2, /argument missing/],
    [["generate", "extra"], 2, /too many arguments/],
    [
      ["sign"],
      2,
      /^error: there is no usable key pair\nGive --public-key and --private-key, or set DEZAI_PUBLIC_KEY/,
    ],
    [["sign", "--public-key", "p"], 2, /there is no usable key pair/],
    [["sign", "--public-key", "p", "--private-key", " k"], 2, /hold white space at an end/],
    [
      ["sign", ...keys, "--base-url", "nowhere"],
      2,
      /Give an http or https URL without query, fragment or user/,
    ],
    [["mock", "--port", "http"], 2, /A port is a whole number from 0 to 65535/],
  ])("%j exits %i", async (args, code, text) => {
    const result = await actiongen(args);
    expect(result.code).toBe(code);
    expect(result.out + result.err).toMatch(text);
    expect(result.err).not.toMatch(isTrace);
  });
});

test("mock tells the faults of the specification and of the recordings at once", async () => {
  const spec = await specFolder([documentPath, "name: SpaceId", "name: Space-Id"]);
  const recordings = await temporaryFolder();
  await writeFile(join(recordings, "bad.har"), "{}");
  const { code, err } = await actiongen(["mock", "--spec", spec, "--recordings", recordings, "--port", "0"]);
  expect(code).toBe(1);
  expect(err).toContain("Space-Id");
  expect(err).toContain("bad.har:1: the recording must have required property 'log'");
});

test("a specification folder that does not exist is told", async () => {
  expect(await actiongen(["generate", "--spec", "nowhere"])).toEqual({
    code: 1,
    out: "",
    err: "nowhere: does not exist\n  help: Check the path.\n",
  });
});

test("one configuration names everything: another brand's output holds nothing of this one", async () => {
  const spec = await specFolder();
  const config = join(spec, "actiongen.yaml");
  for (const [from, to] of [
    ["brand: Dezai", "brand: Sister"],
    ["https://api.dezai.com/", "https://api.sister.example/"],
    ["environmentPrefix: DEZAI", "environmentPrefix: SISTER"],
    ['"@dezai"', '"@sister"'],
    ["X-UCLOUD-REQUEST-UUID", "X-Sister-Request"],
  ] as const)
    await edit(config, from, to);
  const out = join(await temporaryFolder(), "out");
  expect(await actiongen(["generate", "--spec", spec, "--out", out])).toMatchObject({ code: 0, err: "" });
  const paths = (await readdir(out, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const path of paths) {
    // Links inside descriptions are the document's own words.
    const text = (await readFile(path, "utf8"))
      .replaceAll(/https:\/\/(www|console)\.dezai\.com[\w/.-]*/g, "")
      .replaceAll("ucloudsomeone", "");
    expect(text.match(/dezai|ucloud/gi), relative(out, path)).toBeNull();
  }
});
