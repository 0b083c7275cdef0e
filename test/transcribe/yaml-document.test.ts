import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseYamlValue, toYaml, updateYaml } from "../../scripts/transcribe/yaml-document.js";

const document = {
  openapi: "3.1.0",
  paths: {
    "/": {
      get: {
        parameters: [
          { name: "Action", required: true, schema: { type: "string" } },
          { name: "Region", required: true, description: "Where: there", schema: { type: "string" } },
          { name: "Limit", required: false, schema: { type: "integer", default: 20 } },
        ],
      },
    },
  },
  "x-actiongen-source": { page: "pages/a.md" },
};

/** The same document with another Limit. */
const changed = structuredClone(document);
changed.paths["/"].get.parameters[2] = {
  name: "Limit",
  required: true,
  schema: { type: "integer", default: 50 },
};

/** The same document, edited by hand: another order, comments, another style. */
const edited = `# Kept by hand.
x-actiongen-source: { page: pages/a.md }
openapi: '3.1.0'

paths:
  "/":
    get:
      parameters:
        - name: Region # the first that matters
          description: "Where: there"
          required: true
          schema: { type: string }
        # How many.
        - name: Limit
          required: false
          schema: { type: integer, default: 20 }
        - { name: Action, required: true, schema: { type: string } }
`;

/** Lines that only one of two texts contains. */
function difference(before: string, after: string): string[] {
  const [old, new_] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !new_.includes(line)).map((line) => `- ${line.trim()}`),
    ...new_.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

describe("a document that was not edited", () => {
  test("keeps its text for the same content", () => {
    expect(updateYaml(toYaml(document), structuredClone(document))).toBe(toYaml(document));
  });

  test("is replaced by a new one", () => {
    expect(updateYaml(toYaml(document), changed)).toBe(toYaml(changed));
  });
});

describe("a document that was edited by hand", () => {
  test("keeps its text for the same content", () => {
    expect(updateYaml(edited, document)).toBe(edited);
  });

  test("changes only the lines of changed content", () => {
    const after = updateYaml(edited, changed) ?? "";
    expect(difference(edited, after)).toEqual([
      "- required: false",
      "- schema: { type: integer, default: 20 }",
      "+ schema: { type: integer, default: 50 }",
    ]);
    expect(updateYaml(after, changed)).toBe(after);
  });

  test.each<[what: string, from: RegExp, to: string]>([
    ["lists that are not indented", /^ {6}(?= *- | {4}| +#)/gm, "    "],
    ["braces without spaces", /(?<=\{) | (?=\})/g, ""],
  ])("keeps its %s", (_, from, to) => {
    const text = edited.replaceAll(from, to);
    const after = updateYaml(text, changed) ?? "";
    expect(difference(text, after)).toHaveLength(3);
  });

  test("loses removed entries, and gains new entries at the end of their list", () => {
    const other = structuredClone(document);
    other.paths["/"].get.parameters.splice(1, 1);
    other.paths["/"].get.parameters.unshift({ name: "Zone", required: false, schema: { type: "string" } });
    const after = updateYaml(edited, other) ?? "";
    expect([...after.matchAll(/name: (\w+)/g)].map(([, name]) => name)).toEqual(["Limit", "Action", "Zone"]);
    expect(after).toContain("# Kept by hand.");
    expect(after).toContain("# How many.");
  });

  test("accepts a value of another kind", () => {
    const other = structuredClone(document) as Record<string, unknown>;
    other.openapi = ["3.1.0"];
    other["x-actiongen-source"] = "pages/a.md";
    const after = updateYaml(edited, other) ?? "";
    expect(updateYaml(after, other)).toBe(after);
    expect(after).toMatch(/^x-actiongen-source: pages\/a\.md$/m);
  });
});

test.each<[what: string, text: string]>([
  ["a document that was written by hand", "openapi: 3.1.0\npaths: {}\n"],
  ["an empty file", ""],
  ["a list", "- openapi\n"],
  ["invalid YAML", "openapi: [\n"],
])("does not replace %s", (_, text) => {
  expect(updateYaml(text, document)).toBeUndefined();
});

test("quotes text that YAML would read as another value", () => {
  const values = [
    "yes",
    "1.0",
    "null",
    "0x1F",
    "2024-01-01",
    "a: b",
    "# c",
    "",
    "one\ntwo",
    "- d",
    "&e",
    "\u0007",
  ];
  const yaml = toYaml({ values });
  expect(parse(yaml)).toEqual({ values });
  expect(parse(yaml, { version: "1.1" })).toEqual({ values });
});

test.each<unknown>([
  "__proto__",
  "\u2028\u2029",
  "\u0007",
  "'\"'",
  "\ttab",
  "x\n",
  "\n",
  " x ",
  "x: |\n  y\n\n",
])("prints and parses %j unchanged, as a key and as a value", (text) => {
  const document = JSON.parse(`{ ${JSON.stringify(text)}: [${JSON.stringify(text)}] }`);
  expect(JSON.stringify(parseYamlValue(toYaml(document)))).toBe(JSON.stringify(document));
});
