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

describe("an error of the command line", () => {
  const key = "46f09bb9fab4f12d-fc160dae12273d5332b5debe";

  test.each<[args: string[], error: RegExp]>([
    [["sign", `--private-kye=${key}`], /^error: unknown option '--private-kye'\n/],
    [["sign", `--private-kye=a\n${key}='x`], /^error: unknown option '--private-kye'\n/],
    [["generate", `--private-key=${key}`], /^error: unknown option '--private-key'\n/],
    [["generate", "--private-key", key], /^error: unknown option '--private-key'\n/],
    [["sign", `--private-key${key}`], /^error: unknown option '--private-key'\n/],
    [["sign", "--private-keyabcdefghijklmnop"], /^error: unknown option '--private-key'\n/],
    [["sign", `--public_key=${key}`], /^error: unknown option '--public'\n/],
    [["sign", `-k${key}`], /^error: unknown option '-k'\n/],
    [["sign", `-k=${key}`], /^error: unknown option '-k'\n/],
    [["sign", "-k", key], /^error: unknown option '-k'\n/],
    [["sign", `-${key}`], /^error: unknown option '-4'\n/],
    [[`--private-key=${key}`], /^error: unknown option '--private-key'\n/],
    [["--private-key", key], /^error: unknown option '--private-key'\n/],
    [[key], /^error: unknown command\n/],
    [[key, "sign"], /^error: unknown command\n/],
    [["help", key], /Usage: actiongen/],
    [["sign", key], /^error: too many arguments/],
    [["generate", "--check", key, key], /^error: too many arguments/],
    [["sign", "--base-url", key], /^error: option '--base-url <url>' has an invalid value\. Use an http/],
    [["sign", "--base-url", `https://${key}@a.example/`], /has an invalid value\. Use an http .*user\.\n/],
    [["sign", "--base-url", `a' is invalid ${key}`], /has an invalid value\. Use an http/],
    [["sign", "--base-url", `a\n${key}`], /has an invalid value\. Use an http/],
    [["mock", "--port", key], /^error: option '--port <n>' has an invalid value\. Use an integer/],
    [["mock", "--latency", key], /^error: option '--latency <ms>' has an invalid value\. Use an integer/],
    [
      ["generate", "--base-path", key],
      /^error: option '--base-path <path>' has an invalid value\. Use a path/,
    ],
    [["bundle", "--form", key], /^error: option '--form <form>' has an invalid value\. Allowed choices are/],
    [["transcribe", "x", "--report-format", key], /has an invalid value\. Allowed choices are json, sarif/],
  ])("of %j does not show the value, which can be a key", async (args, error) => {
    const { code, out, err } = await actiongen(args);
    expect(code).toBe(2);
    expect(err).toMatch(error);
    expect(out + err).not.toMatch(/fc160dae|abcdefghi/);
  });

  test("shows a short value, and words that are no key", async () => {
    expect((await actiongen(["mock", "--port", "http"])).err).toContain(
      "'--port <n>' argument 'http' is invalid",
    );
    expect((await actiongen(["generat"])).err).toMatch(
      /unknown command 'generat'\n\(Did you mean generate\?\)/,
    );
    expect((await actiongen(["generate", "--chek"])).err).toMatch(/'--chek'\n\(Did you mean --check\?\)/);
  });

  test.each([
    [["\u001b[2Jx"]],
    [["sign", "--\u001b]0;x\u0007"]],
    [["mock", "--port", "\u009b2J"]],
    [["bundle", "--form", "query", "--product", "\u009b2J\u202e"]],
    [["mock", "--fail", "\u009b2J=\u001b"]],
    [["generate", "--spec", "\u001b[2J\u009b"]],
  ])("of %j has no control characters", async (args) => {
    const { code, out, err } = await actiongen(args);
    expect(code).toBeGreaterThan(0);
    expect(out + err).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(err).not.toMatch(isTrace);
  });

  test.each(["DEZAI_PRIVATE_KEY", "DEZAI_PUBLIC_KEY", "DEZAI_SECURITY_TOKEN"])(
    "about the environment does not show %s",
    async (name) => {
      const pair = { DEZAI_PRIVATE_KEY: "a", DEZAI_PUBLIC_KEY: "b", DEZAI_SECURITY_TOKEN: "c" };
      for (const value of [` ${key}`, `${key}\n`, `\t${key}\u001b`]) {
        const { code, out, err } = await actiongen(["sign"], {
          input: "{}",
          env: { ...pair, [name]: value },
        });
        expect([code > 0, out]).toEqual([true, ""]);
        expect(err).not.toContain("fc160dae");
      }
    },
  );
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
