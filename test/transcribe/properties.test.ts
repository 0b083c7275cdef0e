import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import type { Json } from "../../scripts/transcribe/schema.js";
import { toYaml } from "../../scripts/transcribe/yaml-document.js";
import { madeUpPages } from "../support/made-up-page.js";
import { fieldsOf, rowsOf } from "../support/rows.js";
import { documentOf, loadDocuments, transcribed } from "../support/transcribed.js";
import { renderPage } from "../support/vendor-page.js";

const reader = new MarkdownIt("commonmark", { html: false }).disable("image");

/** Markdown as it is displayed: the text, line by line, and the names of blocks other than a paragraph. */
function seen(markdown: string): string {
  return reader
    .parse(markdown, {})
    .filter(({ type }) => !/^paragraph_/.test(type))
    .map(({ type, children, content }) =>
      type === "inline"
        ? (children ?? [])
            .map((token) =>
              token.type === "hardbreak" ? "\n" : token.type === "softbreak" ? "␤" : token.content,
            )
            .join("")
        : `${type} ${content}`,
    )
    .join("¶");
}

/** Parameters and schemas of a document, with descriptions as they are displayed. */
function partsOf(document: Json): { parameters: Json[]; schemas: Record<string, Json> } {
  const { paths, components } = JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      key === "description" && typeof value === "string" ? seen(value) : value,
    ),
  ) as {
    paths: Record<string, { get: { parameters: Json[] } }>;
    components: { schemas: Record<string, Json> };
  };
  const parameters = (paths["/"]?.get.parameters ?? [])
    .slice(1)
    .map(({ example, ...parameter }) => parameter);
  return { parameters, schemas: components.schemas };
}

/** The response as the page describes it, without the fields that every response has. */
function ownResponse(schema: Json): Json {
  const { RetCode, Action, Message, ...properties } = schema.properties as Json;
  const required = (schema.required as string[]).filter((name) => !["RetCode", "Action"].includes(name));
  return { type: "object", ...(required.length > 0 ? { required } : {}), properties };
}

test("a generated page is transcribed to its original data, in either language", () => {
  fc.assert(
    fc.property(madeUpPages(), ({ page, expected }) => {
      for (const language of ["en", "zh"] as const) {
        const { parameters, schemas } = partsOf(documentOf(renderPage(page, language)));
        const { DescribeTreesResponse, ErrorResponse, ...models } = schemas;
        const response = ownResponse(DescribeTreesResponse ?? {});
        expect({ parameters, response, models }).toEqual(expected);
      }
    }),
    { numRuns: 150 },
  );
});

/** Kinds of damage to a page, each with three numbers for its position. */
const damages: readonly ((lines: string[], a: number, b: number, c: number) => void)[] = [
  (lines, a) => lines.splice(a, 1),
  (lines, a) => lines.splice(a, 0, lines[a] ?? ""),
  (lines, a, b) => {
    [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
  },
  (lines, a, b) => {
    lines[a] = (lines[a] ?? "").slice(0, b % 40);
  },
  (lines, a, b, c) => {
    const line = lines[a] ?? "";
    const [from, to] = [b % (line.length + 1), (b % (line.length + 1)) + 1 + (c % 4)];
    lines[a] = line.slice(0, from) + line.slice(to);
  },
  (lines, a, b, c) => {
    const line = lines[a] ?? "";
    const at = c % 3 === 0 ? 0 : b % (line.length + 1);
    lines[a] = line.slice(0, at) + debris[c % debris.length] + line.slice(at);
  },
  (lines, a, b) => lines.splice(a, 0, debris[b % debris.length] ?? ""),
];

const debris = [
  "|",
  "```",
  "#",
  "<!--",
  "<",
  "\0",
  "🌲",
  "~~~",
  "---",
  "- ",
  "> ",
  "    ",
  "\\",
  "*",
  "`",
  "[",
  "=",
  "",
];

const step = fc.record({
  damage: fc.constantFrom(...damages),
  places: fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200)),
});

/** A page with one to five damages, optionally with part of another page, and with any kind of line ends. */
const damagedPages = fc
  .record({
    page: madeUpPages(true),
    other: madeUpPages(true),
    language: fc.constantFrom("en" as const, "zh" as const),
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
    mixed: fc.option(fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200))),
    newline: fc.constantFrom("\n", "\r\n"),
    mark: fc.constantFrom("", "", "\uFEFF"),
  })
  .map(({ page, other, language, steps, mixed, newline, mark }) => {
    const lines = renderPage(page.page, language).split("\n");
    for (const { damage, places } of steps) {
      const [a, b, c] = places;
      damage(lines, a % lines.length, b % lines.length, c);
    }
    if (mixed !== null) {
      const [at, from, length] = mixed;
      const part = renderPage(other.page, language)
        .split("\n")
        .slice(from, from + length);
      lines.splice(at % lines.length, 0, ...part);
    }
    return mark + lines.join(newline);
  });

/** A name as in the document: without emphasis, and with normalized indices. */
function plain(name: string): string {
  return name
    .replace(/(?<!\\)\|.*$/, "")
    .replace(/[*`\\\u200B-\u200D\uFEFF]/g, "")
    .trim()
    .replace(/(?<=\.)(?:[NnMm]|\d+)(?=\.|$)/g, "N");
}

test("each row of a damaged page is in the document or reported with its line", () => {
  fc.assert(
    fc.property(damagedPages, (text) => {
      const { document, findings } = transcribed(text);
      if (document === undefined) {
        expect(findings.some(({ severity }) => severity === "error")).toBe(true);
        return;
      }
      const fields = fieldsOf(document);
      const reported = new Set(findings.map(({ line }) => line));
      // A code fence that is not closed must not hide rows.
      const lost = rowsOf(text.replace(/^(\s*)```/gm, "$1'''")).filter(
        ({ name, line }) => !fields.has(plain(name)) && !reported.has(line),
      );
      expect(lost).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("the document of a damaged page can be loaded", async () => {
  const pages = fc.array(damagedPages, { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(pages, async (texts) => {
      const documents = new Map<string, string>();
      for (const [index, text] of texts.entries()) {
        const { document } = transcribed(text.replaceAll("DescribeTrees", `DescribeTrees${index}`));
        if (document !== undefined)
          documents.set(`shelf/${actionOf(document)}.openapi.yaml`, toYaml(document));
      }
      const { products } = await loadDocuments(documents);
      expect(products.flatMap(({ actions }) => actions)).toHaveLength(documents.size);
    }),
    { numRuns: 10 },
  );
});

function actionOf({ paths }: Json): string {
  return (paths as Record<string, { get: { operationId: string } }>)["/"]?.get.operationId ?? "";
}
