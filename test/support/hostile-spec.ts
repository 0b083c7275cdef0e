import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { temporaryFolder } from "./spec-folder.js";

/** Strings that are code, markup or several lines if they are not escaped. */
export const hostileTexts = [
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

/**
 * Writes a specification with one action, in which every string is `text` if it can be.
 *
 * @param into folder to write it to. Default: one that is removed when the test finishes.
 * @returns the folder.
 */
export async function specWith(text: string, into?: string): Promise<string> {
  const folder = into ?? (await temporaryFolder());
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
            "x-actiongen-retcodes": [
              [{ code: 1, name: "Bad", meaning: text, remedy: text, causes: [text], retry: "never" }],
            ],
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
