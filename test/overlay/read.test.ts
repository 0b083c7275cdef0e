import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { readOverlays } from "../../scripts/overlay/read.js";
import { readText } from "../support/overlays.js";
import { temporaryFolder } from "../support/spec-folder.js";

const head = "overlay: 1.0.0\ninfo:\n  title: t\n  version: '1'\n";
const described = "See spec/README.md for the format of overlays.";
const written = "See RFC 9535 for the syntax of JSONPath, and spec/README.md for examples.";

describe("reports a problem in an overlay with file, line, value and help", () => {
  test.each<[what: string, text: string, at: string, message: string, help: string]>([
    [
      "an empty file",
      "",
      "1",
      "is not an overlay: it has no `overlay` key",
      "Begin it with `overlay: 1.0.0`.",
    ],
    [
      "another document",
      "openapi: 3.1.0",
      "1",
      "is not an overlay: it has no `overlay` key",
      "Begin it with `overlay: 1.0.0`.",
    ],
    [
      "a later version",
      head.replace("1.0.0", "1.1.0"),
      "1",
      'overlay is "1.1.0", which is not supported',
      "Write `overlay: 1.0.0`.",
    ],
    [
      "a version that YAML reads as a number",
      head.replace("1.0.0", "1.0"),
      "1",
      "overlay is 1, which is not supported",
      "Write `overlay: 1.0.0`.",
    ],
    ["no actions", head, "1", 'the overlay lacks the required key "actions"', described],
    ["an empty list of actions", `${head}actions: []`, "5", "actions must have at least 1 item", described],
    [
      "a version of its own that is a number",
      `${head.replace("'1'", "1")}actions: [{target: $, update: {}}]`,
      "4",
      "info › version must be of type string, but is 1",
      described,
    ],
    [
      "an unknown key",
      `${head}action: x\nactions: [{target: $, update: {}}]`,
      "1",
      'the overlay has the unknown key "action" (did you mean actions?)',
      described,
    ],
    [
      "an unknown key in an action",
      `${head}actions:\n  - target: $\n    updat: {}\n    update: {}`,
      "6",
      'actions › 0 has the unknown key "updat" (did you mean update?)',
      described,
    ],
    [
      "an action without a target",
      `${head}actions:\n  - update: {}`,
      "6",
      'actions › 0 lacks the required key "target"',
      described,
    ],
    [
      "a removal that is neither true nor false",
      `${head}actions:\n  - target: $.a\n    remove: yes`,
      "7",
      'actions › 0 › remove must be of type boolean, but is "yes"',
      described,
    ],
    [
      "a duplicate action",
      `${head}actions:\n  - {target: $.a, remove: true}\n  - {target: $.a, remove: true}`,
      "5",
      "actions must not have the same item twice (items 0 and 1)",
      described,
    ],
    [
      "an action that does nothing",
      `${head}actions:\n  - target: $.a`,
      "6",
      'action 1 ("$.a") does nothing',
      "Add `update`, or `remove: true`.",
    ],
    [
      "a removal that is false",
      `${head}actions:\n  - target: $.a\n    remove: false`,
      "6",
      'action 1 ("$.a") does nothing',
      "Add `update`, or `remove: true`.",
    ],
    [
      "a removal of the document",
      `${head}actions:\n  - target: $\n    remove: true`,
      "6",
      'action 1 ("$") removes the document itself',
      "Select what to remove from it.",
    ],
    [
      "a target that is not a JSONPath",
      `${head}actions:\n  - update: {}\n    target: $.a[?@.b = 1]`,
      "7",
      "action 1 (\"$.a[?@.b = 1]\") is not a valid JSONPath: unexpected filter selector token '=' ('?@.b = 1]':9)",
      written,
    ],
    [
      "a target that does not begin at the root",
      `${head}actions:\n  - target: info\n    update: {}`,
      "6",
      "action 1 (\"info\") is not a valid JSONPath: expected '$', found 'i' ('info':0)",
      written,
    ],
    [
      "a URL to extend",
      `${head}extends: https://example.com/a.yaml\nactions: [{target: $, update: {}}]`,
      "5",
      'extends is "https://example.com/a.yaml", which is not a relative path',
      "Write the path of the document, relative to the overlay.",
    ],
    [
      "a path to extend with a broken escape",
      `${head}extends: a%.yaml\nactions: [{target: $, update: {}}]`,
      "5",
      'extends is "a%.yaml", which is not a relative path',
      "Write the path of the document, relative to the overlay.",
    ],
  ])("%s", async (_, text, line, message, help) => {
    const { overlays, report } = await readText(text);
    expect(report).toBe(`o.yaml:${line}: ${message}\n  help: ${help}`);
    expect(overlays).toEqual([]);
  });

  test("broken YAML", async () => {
    const { overlays, report } = await readText("overlay: [");
    expect(report).toContain("o.yaml:1: ");
    expect(overlays).toEqual([]);
  });

  test("a missing file", async () => {
    const folder = await temporaryFolder();
    const diagnostics = new Diagnostics();
    expect(await readOverlays([`${folder}/none.yaml`], diagnostics)).toEqual([]);
    expect(formatDiagnostics(diagnostics.list)).toBe(
      `${relative(process.cwd(), folder)}/none.yaml: does not exist\n  help: Check the path.`,
    );
  });
});

test("reports all problems of an overlay at once", async () => {
  const { report } = await readText(
    `${head}extends: /a\nactions:\n  - {target: $.a}\n  - {target: b, update: {}}\n  - {target: $, remove: true}`,
  );
  expect([...report.matchAll(/^o\.yaml:\d+/gm)].map(String)).toEqual([
    "o.yaml:5",
    "o.yaml:7",
    "o.yaml:8",
    "o.yaml:9",
  ]);
});

test("reads JSON, descriptions and extensions", async () => {
  const action = { target: "$", description: "why", update: {}, "x-a": 1 };
  const { overlays, report } = await readText(
    JSON.stringify({
      overlay: "1.0.7",
      info: { title: "t", version: "1", "x-b": 1 },
      "x-c": [],
      actions: [action],
    }),
  );
  expect(report).toBe("");
  expect(overlays[0]?.actions).toMatchObject([{ number: 1, target: "$", isRemoval: false, update: {} }]);
});

describe("rejects a hostile target", () => {
  test.each([
    ["deeply nested", `$[?${"!".repeat(50_000)}@.a]`],
    ["deeply nested in parentheses", `$[?${"(".repeat(50_000)}@.a${")".repeat(50_000)}]`],
    ["an unknown function", "$[?constructor(@)]"],
    ["an index beyond all numbers", "$[99999999999999999999]"],
    ["an empty string", "''"],
    ["a second line", '"$.a\\no.yaml:1: error"'],
  ])("%s", async (_, target) => {
    const { report } = await readText(`${head}actions:\n  - target: ${target}\n    update: {}`);
    expect(report.split("\n")).toHaveLength(2);
    expect(report).toContain("is not a valid JSONPath: ");
  });
});
