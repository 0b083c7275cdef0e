import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { parseDocument, stringify } from "yaml";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { readBlockYaml } from "../../scripts/openapi/block-yaml.js";
import { parseYaml } from "../../scripts/openapi/yaml.js";
import { toYaml } from "../../scripts/transcribe/yaml-document.js";

/** What the text means to the parser that knows lines and refuses what is no YAML 1.2. */
function expected(text: string): { value: unknown } | { faults: number } {
  const document = parseDocument(text);
  if (document.errors.length > 0) return { faults: document.errors.length };
  try {
    return { value: document.toJS() };
  } catch {
    return { faults: 1 };
  }
}

function read(text: string): { value: unknown } | { faults: number } {
  const diagnostics = new Diagnostics();
  const yaml = parseYaml({ path: "f.yaml", text }, diagnostics);
  return yaml === undefined ? { faults: diagnostics.list.length } : { value: yaml.value };
}

describe("a text is read as YAML 1.2 has it, however it is read", () => {
  test.each([
    "0o17",
    "017",
    "0x1F",
    "-0x1F",
    "0b11",
    "1_000",
    "+5",
    "-0",
    "1.",
    ".5",
    "-.5",
    "1e3",
    "1E-2",
    "1.5e+3",
    "12345678901234567890",
    ".inf",
    "-.INF",
    "+.Inf",
    ".nan",
    ".NaN",
    "yes",
    "no",
    "on",
    "y",
    "true",
    "True",
    "TRUE",
    "tRUE",
    "null",
    "Null",
    "~",
    "",
    "2024-01-01",
    "12:30:00",
    "'5'",
    '"\\x41\\u00e9\\n"',
    "!!str 5",
    "!!int '5'",
    "!!binary aGk=",
    "&a x",
    "<<",
    "=",
    "a #b",
    "a#b",
    "http://x",
    "**bold**",
    "[1, [2], {a: 3}]",
    "{a, b: }",
    "|\n  x\n\n  y\n",
    ">-\n  x\n  y\n\n  z\n",
    "|2\n   x\n",
    ">+\n  x\n\n",
  ])("a: %s", (scalar) => {
    for (const text of [`a: ${scalar}\n`, `- ${scalar}\n- x: ${scalar}\n`, `a: [${scalar}]\nb: 1\n`]) {
      expect(read(text), text).toEqual(expected(text));
    }
  });

  test.each([
    "a: 1\na: 2\n",
    "a: [1\n",
    "a: 'x\n",
    "a: {b: 1\n",
    "a:\n\tb: 1\n",
    "a:\tb\n",
    "\uFEFFa: 1\n",
    "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
    "a: 1\rb: 2",
    "--- \na: 1\n",
    "a: 1\n---\nb: 2\n",
    "%YAML 1.1\n---\na: yes\n",
    "a: 1\n...\n",
    "# nothing\n",
    "",
    "x\n",
    "base: &b {x: 1}\nother: *b\n",
    "base: &b {x: 1}\nother:\n  <<: *b\n  y: 2\n",
    "a: *none\n",
    "? a\n: b\n",
    "[a]: 1\n",
    "{a: 1}: 2\n",
    ": 1\n",
    "~: 1\n",
    "null: 1\n",
    "1: a\n'1': b\n",
    "0x1F: a\n",
    "1.0: a\n",
    "true: a\n",
    "__proto__: 1\n",
    "constructor: 1\n",
    "a: [\nb\n]\n",
    "a: 'x'# no comment\n",
    "a: b: c\n",
    "a:\n- 1\n- 2\n",
    "a:\n  - 1\n - 2\n",
    `${"k".repeat(1100)}: 1\n`,
    "a: {b, [c]}\n",
    "a: @x\n",
    "a: `x`\n",
    "a: %x\n",
    "a: \u0007\n",
    "a: \u2028b\u0085c\n",
    'a: "x\n  y"\nb: z\n  w\n',
    "a: !x 1\n",
    "a: {<<: {b: 1}}\n",
  ])("%j", (text) => {
    expect(read(text)).toEqual(expected(text));
  });

  test("what either library writes, with any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        for (const text of [
          stringify(plain),
          dump(plain),
          JSON.stringify(plain),
          `key: ${JSON.stringify(plain)}`,
        ]) {
          expect(read(text), text).toEqual(expected(text));
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      "in many forms",
      "a: 1\nb:\n  - x\n  - y: 2\n    z: \"q\"\nc: |\n  text\n  more\nd: >-\n  folded\n  text\ne: {a: 1, 'b': [1, 2]}\nf: 'it''s'\n# c\ng: plain\n  continued\n",
    ],
    [
      "in blocks",
      'a: 1.0.0\nb:\n  - x\n  - - y\n    - url: http://x\n      z:\n        k: 0.5\n  - "200": []\nc: |-\n  text\n\n  more\nd: ../e\n"e f": "q\\n"\nf:\n  /:\n    g: {}\n    h: |\n      i\n',
    ],
  ])("any change to a text that is YAML %s", (_, text) => {
    const bit = fc.constantFrom(
      ..."\n| |  |:|: |- |#| #|[|]|{|}|,|'|\"|\\|||>|~|0x1F|1e3|007|-1|? |& |*a|!|%|---|\t|\r|\n  |\n\n|null|true|.|é|地".split(
        "|",
      ),
    );
    const change = fc.record({ at: fc.nat(text.length), length: fc.nat(4), bit });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = changes.reduce(
          (now, { at, length, bit }) => now.slice(0, at) + bit + now.slice(at + length),
          text,
        );
        const found = read(changed);
        expect("value" in found, changed).toBe("value" in expected(changed));
        if ("value" in found) expect(found).toEqual(expected(changed));
      }),
      { numRuns: 1000 },
    );
  });

  test("what is written as blocks is read without a parser for all of YAML", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const written = { openapi: "3.1.0", value: JSON.parse(JSON.stringify(value)) };
        const found = readBlockYaml(toYaml(written));
        if (found !== undefined) expect(found).toEqual(written);
      }),
    );
    const usual = {
      openapi: "3.1.0",
      list: ["a b", { c: [], d: true, e: -3 }],
      f: "1\n\n2: x",
      g: "地，[x](y)",
    };
    expect(readBlockYaml(toYaml(usual))).toEqual(usual);
  });
});

test("the line of a value is the one of its key, or of what is around it", () => {
  const yaml = parseYaml({ path: "f", text: "a: 1\nb:\n  - x\n  - c: 2\n" }, new Diagnostics());
  const lines = [["a"], ["b"], ["b", 0], ["b", 1, "c"], ["b", 1, "none"], ["none"], []].map((path) =>
    yaml?.lineOf(path),
  );
  expect(lines).toEqual([1, 2, 3, 4, 4, 1, 1]);
});
