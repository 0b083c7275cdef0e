import { execFileSync } from "node:child_process";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { parseDocument } from "yaml";
import { serveMock } from "../../scripts/commands/mock.js";
import { actiongen } from "../support/actiongen.js";
import { specFolder, temporaryFolder } from "../support/spec-folder.js";

const options = { spec: "spec", port: 0, cors: false, latency: 0, fail: [] };

afterEach(() => vi.restoreAllMocks());

/** Starts the mock and returns what it prints. */
async function served(more: object): Promise<{ out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line) => void out.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line) => void err.push(String(line)));
  const { close } = await serveMock({ ...options, ...more });
  onTestFinished(close);
  return { out: out.join("\n"), err: err.join("\n") };
}

test("mock prints how to call it", async () => {
  const { out, err } = await served({ recordings: "test/recordings" });
  expect(out).toMatch(
    /^A mock gateway with \d+ actions and \d+ recordings listens on http:\/\/127\.0\.0\.1:\d+\/$/m,
  );
  expect(out).toMatch(/^ {2}export DEZAI_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/$/m);
  expect(err).toBe("");
});

test("the lines that set the example keys of mock run nothing else in a shell", async () => {
  const texts = ["$(touch stolen)", "it's `touch stolen`; touch stolen"] as const;
  const [publicKey, privateKey] = texts;
  const spec = await specFolder();
  const config = parseDocument(await readFile(join(spec, "actiongen.yaml"), "utf8"));
  config.set("exampleCredentials", { publicKey, privateKey });
  await writeFile(join(spec, "actiongen.yaml"), config.toString());
  const { out } = await served({ spec });
  const lines = (out.match(/^ {2}export .*/gm) ?? []).join("\n");
  const print = `${lines}\nfor name in PUBLIC PRIVATE; do printenv "$(env | sed -n "s/^\\(.*_\${name}_KEY\\)=.*/\\1/p")"; done`;
  const cwd = await temporaryFolder();
  expect(execFileSync("sh", ["-c", print], { cwd, env: { PATH: process.env.PATH } }).toString()).toBe(
    `${texts.join("\n")}\n`,
  );
  expect(await readdir(cwd)).toEqual([]);
});

test("mock reports recordings with problems, and serves the others", async () => {
  const recordings = await temporaryFolder();
  await cp("test/recordings/umem", join(recordings, "umem"), { recursive: true });
  const before = await served({ recordings });
  await writeFile(join(recordings, "bad.har"), "{}");
  await writeFile(join(recordings, "cut.har"), '{"log": {');
  const { out, err } = await served({ recordings });
  expect(err).toMatch(/bad\.har:1: the recording lacks the required key "log"/);
  expect(err).toMatch(/cut\.har:1: .*\n {2}help: .*\nThe mock does not respond with these recordings\.$/m);
  const count = (text: string) => /\d+ recordings/.exec(text)?.[0];
  expect(count(out)).toBe(count(before.out));
});

test("mock starts without recordings, but a folder that is named must exist", async () => {
  const [cwd, folder] = [process.cwd(), await temporaryFolder()];
  process.chdir(folder);
  try {
    const { out, err } = await served({ spec: join(cwd, "spec") });
    expect(out).toContain(" and 0 recordings ");
    expect(err).toBe("");
  } finally {
    process.chdir(cwd);
  }
  const { code, err } = await actiongen(["mock", "--port", "0", "--recordings", join(folder, "none")]);
  expect(code).toBe(1);
  expect(err).toMatch(/none: does not exist\n {2}help: Check the path/);
});

test.each([
  [
    ["--fail", "DescribeUMemSpac=broken", "--fail", "*=x"],
    /no action is named "DescribeUMemSpac" \(did you mean DescribeUMemSpace\?\).*\n.*"x" is not a failure/,
  ],
  [["--latency", "-1"], /Use an integer from 0 to 2147483647/],
])("mock %j is wrong usage", async (args, message) => {
  const { code, err } = await actiongen(["mock", "--port", "0", ...args]);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});
