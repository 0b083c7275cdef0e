import { describe, expect, test } from "vitest";
import type { ReleasedChange } from "../../scripts/model/release.js";
import { exportChanges } from "../../scripts/release/changes.js";
import { npmCommand } from "../../scripts/release/npm.js";
import { publishArguments } from "../../scripts/release/registry.js";
import { increment, nextPrerelease } from "../../scripts/release/version.js";
import { choose } from "../../scripts/release/version-choice.js";

describe("the next version", () => {
  test.each([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["0.2.3", "major", "0.3.0"],
    ["0.2.3", "minor", "0.2.4"],
    ["0.2.3", "patch", "0.2.4"],
    ["0.0.3", "major", "0.0.4"],
    ["0.0.3", "patch", "0.0.4"],
  ] as const)("after %s, for a %s change, is %s", (version, bump, next) => {
    expect(increment(version, bump)).toBe(next);
  });

  test("of a prerelease has the first number that is not in use", () => {
    expect(nextPrerelease("1.3.0", [])).toBe("1.3.0-next.0");
    expect(nextPrerelease("1.3.0", ["1.3.0-next.0", "1.4.0-next.1"])).toBe("1.3.0-next.1");
  });
});

describe("the version of a release", () => {
  const breaking = { bump: "major", action: "DescribeA", message: "parameter B removed" } as ReleasedChange;
  const addition = { bump: "minor", action: "", message: "new option" } as ReleasedChange;
  const chosen = (current: string, changes: readonly ReleasedChange[], more: object = {}) => {
    const problems: string[] = [];
    const used = ["1.1.0", "1.2.0"];
    const isWished = !used.includes(current);
    const versions = { name: "umem", current, wanted: current, last: "1.2.0", used, isWished, ...more };
    const version = choose(versions, changes, false, (message) => problems.push(message));
    return problems.length > 0 ? problems : version;
  };

  test("follows from the changes since the last one", () => {
    expect(chosen("1.2.0", [addition])).toBe("1.3.0");
    expect(chosen("1.2.0", [addition, breaking])).toBe("2.0.0");
    expect(chosen("1.2.0", [])).toBe("1.2.1");
  });

  test("is that of versions.json if it is higher", () => {
    expect(chosen("3.0.0", [breaking])).toBe("3.0.0");
    expect(chosen("2.0.0", [addition])).toBe("2.0.0");
  });

  test("is refused if versions.json is lower than the changes need, with the change", () => {
    expect(chosen("1.3.0", [addition, breaking, breaking])).toEqual([
      "the version of umem is 1.3.0, lower than 2.0.0: DescribeA: parameter B removed (and 1 more)",
    ]);
    expect(chosen("1.0.0", [addition])).toEqual([
      "the version of umem is 1.0.0, lower than 1.2.0, which was released",
    ]);
  });

  test("is computed again if an earlier run has computed it", () => {
    const computed = { wanted: "1.2.0", isWished: false };
    expect(chosen("1.3.0", [breaking], computed)).toBe("2.0.0");
    expect(chosen("2.0.0", [addition], computed)).toBe("1.3.0");
  });

  test("is refused if another branch has released it", () => {
    expect(chosen("1.2.0", [addition], { used: ["1.2.0", "1.3.0"] })).toEqual([
      "the next version of umem is 1.3.0, but the tag of that version is not in the current branch",
    ]);
  });

  test("is that of versions.json for the first one", () => {
    expect(chosen("0.1.0", [], { last: "", used: [], isWished: false })).toBe("0.1.0");
  });
});

test("exports of core are compared by entry and name", () => {
  const list = (...lines: string[]) =>
    ["# API", "", "## `@a/core`", "", ...lines.map((line) => `- \`${line}\``)].join("\n");
  const found = exportChanges(
    list("class A extends Error", "sign(key: string): string", "interface Options", "same(): void"),
    list("sign(key: string, more?: string): string", "interface Options", "added(): void", "same(): void"),
  );
  expect(found.map(({ rule, path, bump }) => ({ rule, path, bump }))).toEqual([
    { rule: "export-removed", path: "@a/core A", bump: "major" },
    { rule: "export-changed", path: "@a/core sign", bump: "minor" },
    { rule: "export-added", path: "@a/core added", bump: "minor" },
  ]);
});

test("members of types are compared, and what became deprecated has not changed", () => {
  const list = (...lines: string[]) => ["## `@a/core`", "", "Types:", "", ...lines].join("\n");
  const found = exportChanges(
    list(
      "- `interface Options`",
      "  - `key: string`",
      "  - `old?: string`",
      "- `interface Other`",
      "  - `key: string`",
    ),
    list(
      "- `interface Options` (deprecated)",
      "  - `key: number`",
      "  - `more?: ``a```",
      "- `interface Other`",
      "  - ``key: string``",
    ),
  );
  expect(found.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    "export-changed @a/core Options.key",
    "export-removed @a/core Options.old",
    "export-added @a/core Options.more",
  ]);
});

describe("npm publish", () => {
  const provenance = ["--access", "public", "--provenance"];
  test.each([
    ["1.2.0", {}, {}, ["--access", "public"]],
    ["1.2.0", { latest: "1.1.9", next: "2.0.0-next.0" }, {}, ["--access", "public"]],
    ["1.4.1", { latest: "2.0.0" }, {}, ["--access", "public", "--tag", "release-1.4"]],
    ["1.2.0-next.0", { latest: "2.0.0" }, {}, ["--access", "public", "--tag", "next"]],
    ["1.2.0-next.1", { next: "1.2.0-next.0" }, {}, ["--access", "public", "--tag", "next"]],
    ["1.4.2-next.0", { next: "2.1.0-next.0" }, {}, ["--access", "public", "--tag", "next-1.4"]],
    ["1.2.0", {}, { ACTIONS_ID_TOKEN_REQUEST_URL: "https://x.example/" }, provenance],
    ["1.2.0", {}, { SIGSTORE_ID_TOKEN: "x" }, provenance],
  ])("of %s after %j with %j has the arguments %j", (version, tags, environment, expected) => {
    expect(publishArguments(version, tags, environment)).toEqual(expected);
  });

  const node = "C:\\node\\node.exe";
  const script = "C:\\users\\me\\npm\\bin\\npm-cli.js";
  test.each<[platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, expected: string[]]>([
    ["linux", { npm_execpath: "/usr/lib/node_modules/npm/bin/npm-cli.js" }, ["npm"]],
    ["win32", { npm_execpath: script }, [node, script]],
    ["win32", { npm_execpath: "C:\\pnpm.cjs" }, [node, "C:\\node\\node_modules\\npm\\bin\\npm-cli.js"]],
    ["win32", {}, [node, "C:\\node\\node_modules\\npm\\bin\\npm-cli.js"]],
  ])("on %s with %j runs without a shell", (platform, environment, expected) => {
    expect(npmCommand({ platform, execPath: node }, environment)).toEqual(expected);
  });
});
