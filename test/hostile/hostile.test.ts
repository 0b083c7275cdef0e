import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { curlSample, typeScriptSample } from "../../scripts/emit/samples.js";
import { load } from "../../scripts/load.js";
import type { Action, Example, Product } from "../../scripts/model/api-model.js";
import { runCurlSample } from "../support/curl.js";
import { generated } from "../support/generated.js";
import { mdxSyntax } from "../support/mdx.js";
import { once } from "../support/once.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Strings that are code, markup or several lines if they are not escaped. */
const hostileTexts = [
  "*/ globalThis.stolen = 1; /*",
  "`; globalThis.stolen = 1; `",
  ["$", "{globalThis.stolen = 1}"].join(""),
  "'; touch stolen; '",
  "$(touch stolen) `touch stolen`",
  '"; globalThis.stolen = 1; "',
  "</script><script>globalThis.stolen = 1</script>",
  '"><img src=x onerror="globalThis.stolen = 1">',
  "[click](javascript:globalThis.stolen=1) <javascript:globalThis.stolen=1>",
  "{{constructor}} {{{x}}} {{#each this}}",
  "one\nglobalThis.stolen = 1;\n@internal\n# Heading\n```\nfence",
  "one\u2028globalThis.stolen = 1;\u2029",
  "a | b \\| c || d",
  "-->\n<script>globalThis.stolen = 1</script>",
  "\u001b[2J\u0007",
  "../../../etc/hosts",
  "see @deprecated, {@link x}\r@internal",
  "Use Foo { newName } of <TimeSpan> and Nullable<T> & more; <your-name> {module}/1",
  "import a from 'b'\n\nexport default <b>",
];

/** A specification folder with one action, in which every string is `text` if it can be. */
async function specWith(text: string): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "store"));
  await writeFile(
    join(folder, "actiongen.yaml"),
    stringify({
      brand: oneLine(text),
      baseUrl: "https://gateway.example.com/",
      requestIdHeader: "X-Request-Id",
      environmentPrefix: "EXAMPLE",
      package: { scope: "@example", version: "1.0.0", license: "MIT", copyright: oneLine(text) },
      products: { store: oneLine(text) },
      locationOptions: { region: "Region" },
      exampleCredentials: { publicKey: oneLine(text), privateKey: oneLine(text) },
    }),
  );
  const body = (retCode: object, more: object = {}) => ({
    type: "object",
    description: text,
    title: text,
    required: ["RetCode"],
    properties: { RetCode: { type: "integer", description: text, ...retCode }, ...more },
  });
  await writeFile(
    join(folder, "store/Do.openapi.yaml"),
    stringify({
      openapi: "3.1.0",
      info: { title: text, version: text, description: text },
      tags: [{ name: text, description: text }],
      paths: {
        "/": {
          get: {
            operationId: "Do",
            tags: [text],
            summary: text,
            description: text,
            externalDocs: { url: `https://a.example/${text}`, description: text },
            security: [{ PublicKey: [], Signature: [] }],
            "x-actiongen-retcodes": [[{ code: 1, name: "Bad", meaning: text, remedy: text, retry: "never" }]],
            parameters: [
              {
                name: "Action",
                in: "query",
                required: true,
                description: text,
                schema: { type: "string", const: "Do" },
              },
              {
                name: "Region",
                in: "query",
                required: true,
                description: text,
                example: text,
                schema: { type: "string", default: text, title: text, pattern: text, format: text },
              },
              {
                name: "Kind",
                in: "query",
                description: text,
                example: text,
                schema: { type: "string", enum: [text, "b"], examples: [text] },
              },
              {
                name: "Disks",
                in: "query",
                "x-actiongen-style": "indexed",
                schema: { type: "array", items: { $ref: "#/components/schemas/Disk" } },
                example: [{ Size: 1, [text]: text }],
              },
            ],
            responses: {
              "200": {
                description: text,
                content: {
                  "application/json": {
                    schema: {
                      oneOf: [
                        { $ref: "#/components/schemas/DoResponse" },
                        { $ref: "#/components/schemas/ErrorResponse" },
                      ],
                    },
                    example: { RetCode: 0, [text]: text },
                  },
                },
              },
            },
          },
        },
      },
      components: {
        securitySchemes: {
          PublicKey: { type: "apiKey", in: "query", name: "PublicKey", description: text },
          Signature: { type: "apiKey", in: "query", name: "Signature", description: text },
        },
        schemas: {
          Disk: {
            type: "object",
            description: text,
            properties: {
              Size: { type: "integer", description: text },
              [text]: { type: "string", const: text, description: text },
            },
          },
          DoResponse: body({ const: 0 }, { [text]: { type: "string", description: text, default: text } }),
          ErrorResponse: body({ not: { const: 0 } }),
        },
      },
    }),
  );
  return folder;
}

/** The configuration accepts single lines only. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

/** Kinds of the nodes and names of the JSDoc tags of a program. */
function shape(source: string, path: string): string {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] };
  expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
  const kinds: string[] = [];
  const visit = (node: ts.Node) => {
    // Properties can be quoted or not.
    const isName = ts.isPropertyName(node) && !ts.isNumericLiteral(node);
    kinds.push(isName ? "name" : ts.SyntaxKind[node.kind]);
    kinds.push(...ts.getJSDocTags(node).map(({ tagName }) => `@${tagName.text}`));
    if (!isName) ts.forEachChild(node, visit);
  };
  visit(file);
  return kinds.join(" ");
}

const reader = new MarkdownIt({ html: true });
reader.validateLink = () => true;

/** Active parts of a page: elements, event handlers, and URLs of other schemes. */
function active(html: string): string[] {
  const tags = [...html.matchAll(/<([a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>?/gi)];
  return tags.flatMap(([, tag = "", attributes = ""]) => {
    const names = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)];
    const bad = names.filter(([, name = "", value = ""]) =>
      name === "href" || name === "src"
        ? !/^(https?:|#|\.\.\/|[\w/]+\.(html|md|css)$|style\.css$|$)/.test(value)
        : /^on/i.test(name),
    );
    const isActive = /^(script|img|iframe|object|embed|svg|style|base|form)$/i.test(tag);
    return [...(isActive ? [tag] : []), ...bad.map(([text]) => text)];
  });
}

/** Output of the same specification with a string that needs no escape. */
const harmlessOutput = once(async () => generated(await specWith("harmless")));

const count = (html: string, tag: string) => html.split(`<${tag}`).length - 1;

describe.each([...hostileTexts, hostileTexts.join(" ")])("%j", (text) => {
  const hostileOutput = once(async () => generated(await specWith(text)));

  test("stays a string in every TypeScript file", async () => {
    const hostile = await hostileOutput();
    const harmless = await harmlessOutput();
    expect([...hostile.keys()]).toEqual([...harmless.keys()]);
    const sources = [...hostile].filter(
      ([path]) => path.endsWith(".ts") && !path.startsWith("packages/core/"),
    );
    expect(sources).toHaveLength(14);
    for (const [path, source] of sources)
      expect(shape(source, path)).toBe(shape(harmless.get(path) ?? "", path));
    for (const [path, json] of hostile) if (path.endsWith(".json")) JSON.parse(json);
  });

  test("stays text in every page", async () => {
    const hostile = await hostileOutput();
    const harmless = await harmlessOutput();
    const pages = [...hostile].filter(
      ([path]) => /\.(html|md)$/.test(path) && !path.startsWith("packages/core/"),
    );
    expect(pages).toHaveLength(7);
    for (const [path, page] of pages) {
      if (path.endsWith(".md")) expect(mdxSyntax(page), path).toEqual([]);
      const html = path.endsWith(".md") ? reader.render(page) : page;
      const harmlessPage = harmless.get(path) ?? "";
      const harmlessHtml = path.endsWith(".md") ? reader.render(harmlessPage) : harmlessPage;
      expect(active(html), path).toEqual([]);
      for (const tag of ["h2", "h3", "table", "tr", "td", "th", "!--"]) {
        expect([path, tag, count(html, tag)]).toEqual([path, tag, count(harmlessHtml, tag)]);
      }
    }
  });

  test("stays an argument in samples", async () => {
    const { brand, products } = await load(await specWith(text));
    const [product] = products as [Product];
    const [action] = product.actions as [Action];
    const [example] = action.examples as [Example];
    expect(shape(typeScriptSample(brand, product, action, example), "sample.ts")).toBe(
      shape(
        typeScriptSample(brand, product, action, {
          ...example,
          parameters: { Region: "r", Kind: "k", Disks: [{ Size: 1, x: "x" }] },
        }),
        "sample.ts",
      ),
    );

    const folder = await temporaryFolder();
    const { arguments: args } = await runCurlSample(curlSample(brand, action, example), folder, {
      EXAMPLE_PUBLIC_KEY: "p",
      EXAMPLE_PRIVATE_KEY: "k",
    });
    expect(args).toContain(`Region=${text}`);
    expect(await readdir(folder)).toEqual([]);
  });
});
