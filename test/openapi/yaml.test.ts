import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { parseJson, parseYaml } from "../../scripts/openapi/yaml.js";

function read(text: string): unknown {
  const diagnostics = new Diagnostics();
  const yaml = parseYaml({ path: "f.yaml", text }, diagnostics);
  expect(diagnostics.list).toEqual([]);
  return yaml?.value;
}

describe("reads a value as YAML 1.2", () => {
  test.each<[text: string, value: unknown]>([
    ["0o17", 15],
    ["017", 17],
    ["0x1F", 31],
    ["0b11", "0b11"],
    ["1_000", "1_000"],
    ["+5", 5],
    ["1.", 1],
    [".5", 0.5],
    ["1E-2", 0.01],
    [".inf", Number.POSITIVE_INFINITY],
    ["yes", "yes"],
    ["no", "no"],
    ["True", true],
    ["tRUE", "tRUE"],
    ["~", null],
    ["", null],
    ["2024-01-01", "2024-01-01"],
    ["12:30:00", "12:30:00"],
    ["1.0.0", "1.0.0"],
    ["'5'", "5"],
    ["!!str 5", "5"],
    ["<<", "<<"],
    ["a#b", "a#b"],
    ["a #b", "a"],
    ["|\n  x\n\n  y\n", "x\n\ny\n"],
    [">-\n  x\n  y\n", "x y"],
    ["{a, b: }", { a: null, b: null }],
  ])("%j", (text, value) => {
    expect(read(`a: ${text}\nb: 1\n`)).toEqual({ a: value, b: 1 });
  });

  test("that was written as YAML or JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(read(stringify(plain))).toEqual(plain);
        expect(read(JSON.stringify(plain))).toEqual(plain);
        expect(read(JSON.stringify(plain, null, "\t"))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });
});

describe("reports an error with its line", () => {
  test.each<[text: string, line: number]>([
    ["a: 1\na: 2\n", 2],
    ["a: 1\nb: [1\n", 3],
    ["a:\n\tb: 1\n", 2],
    ["a: 1\n---\nb: 2\n", 2],
    ["a: @x\n", 1],
    ["a: *none\n", 1],
    ["a: &a [*a]\n", 1],
    [`${"[".repeat(20_000)}`, 1],
  ])("%.30j", (text, line) => {
    const diagnostics = new Diagnostics();
    expect(parseYaml({ path: "f.yaml", text }, diagnostics)).toBeUndefined();
    expect(diagnostics.list[0]).toMatchObject({ code: "yaml-syntax", file: "f.yaml", line });
  });
});

describe("reports an error in JSON with its line", () => {
  test.each<[text: string, line: number, message: string]>([
    ['{\n "a": 1,\n}', 3, "is not JSON"],
    ["a: 1", 1, "is not JSON"],
    ["", 1, "is empty"],
    ['{"a": 1,\n"a": 2}', 2, "a key appears twice in one object"],
  ])("%j", (text, line, message) => {
    const diagnostics = new Diagnostics();
    parseJson({ path: "f.json", text }, "Write JSON.", diagnostics);
    expect(diagnostics.list).toMatchObject([{ file: "f.json", line, message }]);
  });
});

test("reads JSON with a byte order mark, and keeps every digit if it is asked to", () => {
  const source = { path: "f.json", text: '\uFEFF{"a": 12345678901234567890}' };
  const yaml = parseJson(source, "", new Diagnostics(), { intAsBigInt: true });
  expect(yaml?.value).toEqual({ a: 12345678901234567890n });
});

test("finds the line of a key, or of the nearest value around it", () => {
  const yaml = parseYaml({ path: "f", text: "a: 1\nb:\n  - x\n  - c: 2\n" }, new Diagnostics());
  const lines = [["a"], ["b"], ["b", 0], ["b", 1, "c"], ["b", 1, "none"], ["none"], []].map((path) =>
    yaml?.lineOf(path),
  );
  expect(lines).toEqual([1, 2, 3, 4, 4, 1, 1]);
});

test.each([
  [
    "a value with a lone surrogate",
    'a: 1\nb: {c: "x\\ud800"}\n',
    2,
    "b › c contains a lone surrogate, which is half of a character",
  ],
  [
    "a key with a lone surrogate",
    '"\\udc00": 1\n',
    1,
    "\udc00 contains a lone surrogate, which is half of a character",
  ],
  [
    "deep nesting",
    `a: ${"[".repeat(300)}${"]".repeat(300)}\n`,
    1,
    "is nested too deeply: more than 200 lists and objects in each other",
  ],
  [
    "very deep nesting",
    `${"[".repeat(100_000)}${"]".repeat(100_000)}\n`,
    1,
    "is nested too deeply: more than 200 lists and objects in each other",
  ],
])("reports %s", (_, text, line, message) => {
  const diagnostics = new Diagnostics();
  expect(parseYaml({ path: "f.yaml", text }, diagnostics)).toBeUndefined();
  expect(diagnostics.list).toMatchObject([{ line, message }]);
});
