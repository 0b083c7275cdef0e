import { expect, test } from "vitest";
import { Code, deprecatedTag, seeTag, sinceTag } from "../../scripts/emit/code.js";
import { tsLiteral } from "../../scripts/emit/escape.js";

test.each<
  [indent: string, prose: readonly string[], tags: readonly (readonly [string, string])[], want: string]
>([
  ["", [], [], ""],
  ["", [""], [], ""],
  ["  ", ["A pot."], [], "/** A pot. */\n  "],
  ["", [], [["deprecated", ""]], "/** @deprecated */\n"],
  ["", ["A pot.", "", "Its lid."], [], "/**\n * A pot.\n *\n * Its lid.\n */\n"],
  ["  ", ["One\ntwo"], [["see", "x"]], "/**\n   * One\n   * two\n   *\n   * @see x\n   */\n  "],
  ["", ["*/ @internal"], [["returns", "*/ a"]], "/**\n * *\\/ \\@internal\n *\n * @returns *\\/ a\n */\n"],
])("with the indent %j, %j and %j are documented as %j", (indent, prose, tags, want) => {
  expect(Code.doc(indent, prose, tags).source).toBe(want);
});

test("code contains code as it is, and any other value as a literal", () => {
  const name = Code.identifier("pot");
  expect(Code.of`f(${name}, ${"a"}, ${1}, ${null})`.source).toBe('f(pot, "a", 1, null)');
  expect(Code.list([name, Code.literal("a")]).source).toBe('pot, "a"');
  expect(Code.list([name, name], " | ").source).toBe("pot | pot");
  expect(Code.list([]).source).toBe("");
});

test.each<[value: unknown, literal: string]>([
  [[], "[]"],
  [{}, "{}"],
  [null, "null"],
  [true, "true"],
  [1.5, "1.5"],
  ["a", '"a"'],
  [undefined, "undefined"],
  [[1, ["a"]], '[\n    1,\n    [\n      "a",\n    ],\n  ]'],
  [{ A: {}, "b-c": { d: [] } }, '{\n    A: {},\n    "b-c": {\n      d: [],\n    },\n  }'],
])("the literal of %j is %j", (value, literal) => {
  expect(Code.literal(value, "  ").source).toBe(literal);
  expect(tsLiteral(value, "  ")).toBe(literal);
});

test("tags", () => {
  expect(deprecatedTag(true)).toEqual([["deprecated", ""]]);
  expect(deprecatedTag(false)).toEqual([]);
  expect(sinceTag("1.2.0")).toEqual([["since", "1.2.0"]]);
  expect(sinceTag("")).toEqual([]);
  expect(seeTag("https://a.example/*/")).toEqual(["see", "https://a.example/%2A/"]);
});
