import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { toYaml } from "../../scripts/transcribe/yaml-document.js";
import { type Parts, smallPage as page, row } from "../support/small-page.js";
import { documentOf, loadDocuments, transcribed } from "../support/transcribed.js";

const many = 20_000;

describe("rejects a page without ending the run", () => {
  test.each<[what: string, parts: Parts]>([
    ["a name with very many dots", { rows: row(`${"A.".repeat(many)}B`) }],
    [
      "a type with very many brackets",
      { fields: row("A", `${"array[".repeat(many)}int${"]".repeat(many)}`) },
    ],
    ["an example of very many arrays", { response: "[".repeat(many) + "]".repeat(many) }],
    ["an example of very many objects", { response: `${'{"a":'.repeat(many)}1${"}".repeat(many)}` }],
  ])("for %s", (_, parts) => {
    const { document, findings } = transcribed(page(parts));
    expect(document).toBeUndefined();
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([["error", "too-deep"]]);
  });
});

const names = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "a b",
  "*/",
  "$x",
  "é",
  "x\u0007",
];

test("reads a table of very many rows", () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => row(`R${index}`, "int", "")).join("\n");
  const { paths } = documentOf(page({ rows }));
  const { get } = (paths as Record<string, { get: { parameters: unknown[] } }>)["/"] ?? {};
  expect(get?.parameters).toHaveLength(150_001);
}, 60_000);

test("rejects a page of more than 4 MiB", () => {
  const text = page({ rows: row("A", "string", "x".repeat(4 * 1024 * 1024)) });
  const { document, findings } = transcribed(text);
  expect(document).toBeUndefined();
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ["page-size", `has ${text.length} characters, more than the 4194304 that a page can have`],
  ]);
});

// What would take minutes, if the time grew with the square of the length.
const growing = Array.from({ length: 900 }, (_, count) => `a${"`".repeat(count)}`).join("");
test.each<[what: string, text: string, parts: (text: string) => Parts]>([
  ["blanks in a title", `A${" ".repeat(400_000)}b`, (action) => ({ action: `${action} - DoIt` })],
  ["growing runs of backticks", growing, (text) => ({ rows: row("A", "string", text) })],
  ["emphasis and brackets", "*a_[".repeat(100_000), (text) => ({ rows: row("A", "string", text) })],
  ["links in links", "[a](b(".repeat(70_000), (text) => ({ rows: row("A", "string", text) })],
  ["links in a type", `[${"](".repeat(200_000)}`, (text) => ({ rows: row("A", text) })],
  ["parameters of an example", "&a=1", (text) => ({ request: `?Action=DoIt${manyOf(text, 40_000)}` })],
  ["headings", "", () => ({ rows: manyOf("\n### a", 40_000) })],
  ["tables", "", () => ({ rows: manyOf("\n\n| a | b |\n|--|--|\n| c | d |", 20_000) })],
])("reads a page with very many %s", (_, text, parts) => {
  expect(documentOf(page(parts(text)).replace("# Do it - A", "# A"))).toMatchObject({ openapi: "3.1.0" });
});

/** A text many times, with a number instead of each `a`. */
function manyOf(text: string, count: number): string {
  return Array.from({ length: count }, (_, index) => text.replaceAll("a", `a${index}`)).join("");
}

test.each<[what: string, text: string, severity: string]>([
  ["a page that can be read", page({ rows: row("A", "string", "\uFFFD") }), "warning"],
  ["a page that is rejected anyway", "# \uFFFD - DoIt\n", "error"],
])("reports bytes that are not valid UTF-8 in %s", (_, text, severity) => {
  expect(transcribed(text).findings).toContainEqual(expect.objectContaining({ severity, code: "encoding" }));
});

test("an action named Error has both schemas", async () => {
  const document = documentOf(page({}).replace("DoIt", "Error"));
  const { schemas } = document.components as { schemas: object };
  expect(Object.keys(schemas)).toEqual(["ErrorResponse", "ErrorResponse2"]);
  const loaded = loadDocuments(new Map([["shelf/Error.openapi.yaml", toYaml(document)]]));
  await expect(loaded).resolves.toBeDefined();
});

test.each(names)("a field named %j is in the document or reported", async (name) => {
  const text = page({
    rows: row(name),
    fields: row(name),
    response: JSON.stringify({ RetCode: 0, [name]: "y" }),
  });
  const { findings } = transcribed(text);
  const document = documentOf(text);
  const { products } = await loadDocuments(new Map([["shelf/DoIt.openapi.yaml", toYaml(document)]]));
  const [action] = products.flatMap(({ actions }) => actions);
  const isParameter = action?.parameters.some((parameter) => parameter.name === name);
  const isReported = findings.some(({ code, line }) => code === "row-omitted" && line === 7);
  expect(isParameter).toBe(!isReported);
});

test.each([
  "{{constructor}} {{{x}}}",
  "`; globalThis.stolen = 1; `",
  "*/ globalThis.stolen = 1; /*",
  "a: b # c",
  "- d",
  "%e @f &g !h",
  "\u2028\u2029\u001b[2J",
  "'\"'\"",
])("a description of %j is unchanged by YAML", async (text) => {
  const document = documentOf(page({ rows: row("Name", "string", `x ${text}`) }));
  expect(JSON.stringify(document)).toContain(JSON.stringify(`x ${text}`));
  const yaml = toYaml(document);
  expect(parse(yaml)).toEqual(document);
  await expect(loadDocuments(new Map([["shelf/DoIt.openapi.yaml", yaml]]))).resolves.toBeDefined();
});
