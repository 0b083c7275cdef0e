import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { applyOverlays } from "../../scripts/overlay/apply.js";
import { readOverlays } from "../../scripts/overlay/read.js";
import { applied, overlayOf } from "../support/overlays.js";
import { temporaryFolder } from "../support/spec-folder.js";

describe("applies actions", () => {
  test.each<[rule: string, document: object, actions: object[], want: object]>([
    ["new properties are added at the end", { b: 1 }, [{ target: "$", update: { a: 2 } }], { b: 1, a: 2 }],
    [
      "values are replaced in place",
      { b: 1, a: 2 },
      [{ target: "$", update: { b: null } }],
      { b: null, a: 2 },
    ],
    [
      "objects are merged",
      { a: { b: { c: 1 } } },
      [{ target: "$", update: { a: { b: { d: 2 } } } }],
      { a: { b: { c: 1, d: 2 } } },
    ],
    [
      "an array selected gains the update as one item",
      { a: [1] },
      [{ target: "$.a", update: { b: 1 } }],
      { a: [1, { b: 1 }] },
    ],
    [
      "an array selected gains an array as one item",
      { a: [1] },
      [{ target: "$.a", update: [2] }],
      { a: [1, [2]] },
    ],
    [
      "an array below an object selected gains the items",
      { a: [1] },
      [{ target: "$", update: { a: [2, 3] } }],
      { a: [1, 2, 3] },
    ],
    [
      "every value selected is updated",
      { a: [{ n: 1 }, { n: 2 }] },
      [{ target: "$.a[*]", update: { x: 1 } }],
      {
        a: [
          { n: 1, x: 1 },
          { n: 2, x: 1 },
        ],
      },
    ],
    ["a value selected twice is updated once", { a: [] }, [{ target: "$['a','a']", update: 1 }], { a: [1] }],
    [
      "objects and arrays selected together each follow their rule",
      { a: [], b: {} },
      [{ target: "$.*", update: { c: 1 } }],
      { a: [{ c: 1 }], b: { c: 1 } },
    ],
    [
      "actions follow each other",
      { a: { b: 1 } },
      [
        { target: "$", update: { c: {} } },
        { target: "$.c", update: { d: 1 } },
        { target: "$.a", remove: true },
        { target: "$", update: { a: 5 } },
      ],
      { c: { d: 1 }, a: 5 },
    ],
    [
      "a property is removed, whatever it is",
      { a: { b: 1 }, c: "x", d: [] },
      [{ target: "$['a','c']", remove: true }],
      { d: [] },
    ],
    [
      "items are removed, none moved under another",
      { a: [{ i: 0 }, { i: 1 }, { i: 2 }, { i: 3 }] },
      [{ target: "$.a[?@.i != 2]", remove: true }],
      { a: [{ i: 2 }] },
    ],
    [
      "items are removed in any order, and once",
      { a: [[0], [1], [2]] },
      [{ target: "$.a[2,0,2]", remove: true }],
      { a: [[1]] },
    ],
    [
      "a value goes with what it is in",
      { a: { b: { c: 1 } }, d: [[{}]] },
      [{ target: "$..*", remove: true }],
      {},
    ],
    [
      "removal comes before update",
      { a: { b: 1 }, c: 1 },
      [{ target: "$.a", update: { x: 1 }, remove: true }],
      { c: 1 },
    ],
    [
      "what is not selected stays",
      { a: 1 },
      [
        { target: "$.b", remove: true },
        { target: "$.c", update: {} },
      ],
      { a: 1 },
    ],
  ])("%s", async (_, document, actions, want) => {
    const { result, report } = applied([await overlayOf(...actions)], document);
    expect(report).toBe("");
    expect(JSON.stringify(result)).toBe(JSON.stringify(want));
  });
});

describe("reports what an action cannot do, and does the rest", () => {
  test.each<[what: string, document: object, action: object, message: string, help: string, want: object]>([
    [
      "a value as target",
      { a: "x" },
      { target: "$.a", update: "y" },
      '6: action 1 ("$.a") updates a string, which is neither an object nor an array',
      "Select the object that contains it, and write the property with its new value in `update`.",
      { a: "x" },
    ],
    [
      "null as target",
      { a: null },
      { target: "$.a", update: {} },
      '6: action 1 ("$.a") updates null, which is neither an object nor an array',
      "Select the object that contains it, and write the property with its new value in `update`.",
      { a: null },
    ],
    [
      "an object updated with text",
      { a: {} },
      { target: "$.a", update: "y" },
      '7: action 1 ("$.a") updates an object with a string',
      "Write the properties to set in `update`.",
      { a: {} },
    ],
    [
      "an object updated with an array",
      { a: {} },
      { target: "$.a", update: [] },
      '7: action 1 ("$.a") updates an object with an array',
      "Write the properties to set in `update`.",
      { a: {} },
    ],
    [
      "an array over an object",
      { a: { b: { c: {} } } },
      { target: "$.a", update: { d: 1, b: { c: [] } } },
      '10: action 1 ("$.a") replaces an object with an array at a › b › c',
      "Remove the existing value in an action before this one.",
      { a: { b: { c: {} }, d: 1 } },
    ],
    [
      "null over an object",
      { a: {} },
      { target: "$", update: { a: null } },
      '8: action 1 ("$") replaces an object with null at a',
      "Remove the existing value in an action before this one.",
      { a: {} },
    ],
    [
      "an object over a value",
      { a: 1 },
      { target: "$", update: { a: {} } },
      '8: action 1 ("$") replaces a number with an object at a',
      "Remove the existing value in an action before this one.",
      { a: 1 },
    ],
    [
      "a value out of an array",
      { a: ["x", {}] },
      { target: "$.a[*]", remove: true },
      '6: action 1 ("$.a[*]") removes "x" from an array',
      "Overlay 1.0 does not allow this. Remove the array, and write it again in the next action.",
      { a: ["x"] },
    ],
  ])("%s", async (_, document, action, message, help, want) => {
    const { result, matched, report } = applied([await overlayOf(action)], document);
    expect(report).toBe(`o.yaml:${message}, in spec/p/A.openapi.yaml\n  help: ${help}`);
    expect(result).toEqual(want);
    expect(matched).toEqual([1]);
  });

  test("reports a line of an overlay once, even if it fails for several documents", async () => {
    const overlays = [await overlayOf({ target: "$.a", update: {} }, { target: "$.b", update: {} })];
    const diagnostics = new Diagnostics();
    for (const path of ["one", "two"]) {
      applyOverlays(overlays, { path, value: { a: 1, b: 2 } }, new Set(), diagnostics);
    }
    expect(diagnostics.list.map(({ message }) => message.replace(/.*, in /, ""))).toEqual(["one", "one"]);
  });
});

test("collects the actions that match", async () => {
  const overlay = await overlayOf(
    { target: "$.a", update: {} },
    { target: "$.b", update: {} },
    { target: "$.c", remove: true },
  );
  expect(applied([overlay], { a: {}, c: 1 }).matched).toEqual([1, 3]);
});

test("an overlay that extends a document applies to no other", async () => {
  const folder = await temporaryFolder();
  const text =
    "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nextends: ../p/A%20b.yaml\nactions: [{target: $, update: {x: 1}}]";
  await writeFile(join(folder, "o.yaml"), text);
  const diagnostics = new Diagnostics();
  const overlays = await readOverlays([join(folder, "o.yaml")], diagnostics);
  diagnostics.throwIfAny();
  const result = (path: string) => applyOverlays(overlays, { path, value: {} }, new Set(), diagnostics);
  expect(result(join(folder, "../p/A b.yaml"))).toEqual({ x: 1 });
  expect(result(join(folder, "../p/B.yaml"))).toEqual({});
});

describe("hostile input", () => {
  test("keys such as __proto__ are ordinary keys", async () => {
    const update = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    const { result, report } = applied([await overlayOf({ target: "$", update })], { a: 1 });
    expect(report).toBe("");
    expect(JSON.stringify(result)).toBe(`{"a":1,${JSON.stringify(update).slice(1)}`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const again = applied([await overlayOf({ target: "$", update })], result);
    expect(again.result).toEqual(result);
  });

  test.each(["$.__proto__", "$.a.constructor", "$.a.toString", "$..['__proto__']"])(
    "%s selects nothing if there is no such key",
    async (target) => {
      const { matched } = applied([await overlayOf({ target, update: { polluted: 1 } })], { a: {} });
      expect(matched).toEqual([]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test.each([
    ["match(@.a, '(a+)+b')", false],
    ["search(@.a, '((a|a)*)*b')", false],
    ["match(@.a, '(a+)+!')", true],
    ["search(@.a, '(')", false],
  ])("the regular expression of %s runs in linear time", async (filter, is) => {
    const document = { list: [{ a: `${"a".repeat(20_000)}!` }] };
    const { matched } = applied([await overlayOf({ target: `$.list[?${filter}]`, update: {} })], document);
    expect(matched).toEqual(is ? [1] : []);
  });

  test("rejects a document that is nested too deeply", () => {
    let document = {};
    for (let level = 0; level < 100_000; level++) document = { a: document };
    const { result, report } = applied([], document);
    const help = "No overlay can be applied to it. Describe it with less nesting.";
    expect(report).toBe(`spec/p/A.openapi.yaml: is nested too deeply\n  help: ${help}`);
    expect(result).toEqual({});
  });

  test.each([
    ["selects too much", `$${"[*,*,*,*,*,*,*,*]".repeat(12)}`, 12, "it selects more than 100000 values"],
    ["recurses too deeply", "$..a", 600, "recursion limit reached ('$..a':1)"],
  ])("rejects a target that %s", async (_, target, depth, message) => {
    let document = {};
    for (let level = 0; level < depth; level++) document = { a: document };
    const { report } = applied([await overlayOf({ target, update: {} })], document);
    expect(report).toContain(`cannot be evaluated: ${message}, in spec/p/A.openapi.yaml`);
  });
});
