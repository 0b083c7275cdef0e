import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace, keys } from "../support/actiongen.js";
import { documentPath, specFolder, temporaryFolder } from "../support/spec-folder.js";

describe("usage", () => {
  test.each<[args: string[], code: number, output: RegExp]>([
    [
      ["--help"],
      0,
      /Examples:\n(.*actiongen.*\n){4}\nExit codes: 0 success, 1 problems in the input, 2 wrong usage/,
    ],
    [["transcribe", "--help"], 0, /Example:\n {2}npm run actiongen -- transcribe/],
    [["generate", "--help"], 0, /Example:\n {2}npm run actiongen -- generate/],
    [["docs", "--help"], 0, /mock --cors`\.\n\nExample:\n {2}npm run actiongen -- docs/],
    [["bundle", "--help"], 0, /Example:\n {2}npm run actiongen -- bundle/],
    [["sign", "--help"], 0, /Example:\n {2}echo/],
    [["mock", "--help"], 0, /Example:\n {2}npm run actiongen -- mock/],
    [[], 2, /Usage: actiongen/],
    [["frobnicate"], 2, /unknown command 'frobnicate'/],
    [["generate", "--frobnicate"], 2, /unknown option '--frobnicate'/],
    [["generate", "--spec"], 2, /argument missing/],
    [["generate", "extra"], 2, /too many arguments/],
    [["sign"], 2, /^error: no usable key pair\nPass --public-key and --private-key, or set DEZAI_PUBLIC_KEY/],
    [["sign", "--public-key", "p"], 2, /no usable key pair/],
    [["sign", "--public-key", "p", "--private-key", " k"], 2, /begin or end with white space/],
    [
      ["sign", ...keys, "--base-url", "nowhere"],
      2,
      /Use an http or https URL without query, fragment or user/,
    ],
    [["mock", "--port", "http"], 2, /Use an integer from 0 to 65535/],
  ])("%j exits %i", async (args, code, output) => {
    const result = await actiongen(args);
    expect(result.code).toBe(code);
    expect(result.out + result.err).toMatch(output);
    expect(result.err).not.toMatch(isTrace);
  });
});

test.each([
  ["sign", "--private-kye=a-key"],
  ["sign", "--private-kye=a\nkey='x"],
  ["generate", "--private-key=a-key"],
  ["--private-key=a-key"],
])("an unknown option of %s is reported without its value", async (...args) => {
  const { code, err } = await actiongen(args);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: unknown option '--private-\w+'\n/);
  expect(err).not.toMatch(/a-key|a\nkey|'x/);
});

test("mock reports the problems of the specification and of the recordings together", async () => {
  const spec = await specFolder([documentPath, "name: SpaceId", "name: Space-Id"]);
  const recordings = await temporaryFolder();
  await writeFile(join(recordings, "bad.har"), "{}");
  const { code, err } = await actiongen(["mock", "--spec", spec, "--recordings", recordings, "--port", "0"]);
  expect(code).toBe(1);
  expect(err).toContain("Space-Id");
  expect(err).toContain('bad.har:1: the recording lacks the required key "log"');
});
