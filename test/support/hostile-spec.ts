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
  await writeFile(join(folder, "actiongen.yaml"), stringify(hostileConfig(text)));
  await writeFile(join(folder, "store/Do.openapi.yaml"), stringify(hostileDocument(text)));
  return folder;
}

/** RetCodes whose sentences are these strings. @param first code of the first. */
function hostileRetCodes(texts: readonly string[], first: number) {
  return texts.map((text, index) => {
    const sentence = text === "" ? "nothing" : text;
    const sentences = { meaning: sentence, remedy: sentence, causes: [sentence, `${sentence}\n${sentence}`] };
    return { code: first + index, name: `Bad${first + index}`, retry: "never", ...sentences };
  });
}

/**
 * Writes a specification with an action and two RetCodes for each string, in which every string is that one if it can be. The
 * strings of the configuration are all of them.
 *
 * @returns the folder.
 */
export async function specOf(texts: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "store"));
  const config = hostileConfig(texts.filter(({ length }) => length < 1000).join(" "));
  const files = {
    "actiongen.yaml": { ...config, retCodes: hostileRetCodes(texts, 2000) },
    "store/retcodes.yaml": hostileRetCodes(texts, 1000),
    ...Object.fromEntries(
      texts.map((text, index) => [
        `store/Do${index}.openapi.yaml`,
        hostileDocument(text, `Do${index}`, index + 1),
      ]),
    ),
  };
  for (const [path, content] of Object.entries(files))
    await writeFile(join(folder, path), stringify(content));
  return folder;
}

/** A configuration in which every string is `text` that accepts any characters of one line. */
export function hostileConfig(text: string) {
  // Lone surrogates are not accepted either.
  const line = oneLine(text).replace(/\p{Surrogate}/gu, "\ufffd");
  return {
    brand: line,
    baseUrl: "https://gateway.example.com/",
    requestIdHeader: "X-Request-Id",
    environmentPrefix: "EXAMPLE",
    package: { scope: "@example", version: "1.0.0", license: "MIT", copyright: line, keywords: [line] },
    products: { store: line },
    docs: { links: [{ title: line, url: "https://a.example/" }] },
    locationOptions: { region: "Region" },
    exampleCredentials: { publicKey: line, privateKey: line },
  };
}

/** Number of strings of {@link hostileDocument} that are the hostile one. */
export const documentPositions = JSON.stringify(hostileDocument("HOSTILE")).split("HOSTILE").length - 1;

/** A document of an action in which every string is `text` if it can be. @param code its RetCode. */
function hostileDocument(text: string, name = "Do", code = 1) {
  // A request cannot contain these, and a RetCode without a sentence is not documented.
  const sent = text.replace(/\p{Surrogate}/gu, "\ufffd");
  const sentence = text === "" ? "nothing" : text;
  const body = (retCode: object, more: object = {}) => ({
    type: "object",
    description: text,
    title: text,
    required: ["RetCode"],
    properties: { RetCode: { type: "integer", description: text, ...retCode }, ...more },
  });
  return {
    openapi: "3.1.0",
    info: { title: text, version: text, description: text },
    tags: [{ name: text, description: text }],
    paths: {
      "/": {
        get: {
          operationId: name,
          "x-vendor": { [text]: text },
          tags: [text],
          summary: text,
          description: text,
          externalDocs: { url: `https://a.example/${text}`, description: text },
          security: [{ PublicKey: [], Signature: [] }],
          "x-actiongen-retcodes": [
            [
              {
                code,
                name: `Bad${code}`,
                meaning: sentence,
                remedy: sentence,
                causes: [sentence],
                retry: "never",
              },
            ],
          ],
          parameters: [
            {
              name: "Action",
              in: "query",
              required: true,
              description: text,
              schema: { type: "string", const: name },
            },
            {
              name: "Region",
              in: "query",
              required: true,
              description: text,
              example: sent,
              schema: { type: "string", default: text, title: text, pattern: patternOf(text), format: text },
            },
            {
              name: "Kind",
              in: "query",
              description: text,
              example: sent,
              schema: { type: "string", enum: [text, "b"], examples: [text] },
            },
            {
              name: "Disks",
              in: "query",
              "x-actiongen-style": "indexed",
              schema: { type: "array", items: { $ref: "#/components/schemas/Disk" } },
              example: [{ Size: 1, [sent]: sent }],
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
        DoResponse: body(
          { const: 0 },
          {
            [text]: { type: "string", description: text, default: text },
            State: {
              type: ["string", "null"],
              enum: [text, "other", null],
              pattern: patternOf(text),
              format: text,
            },
            Labels: {
              type: "object",
              additionalProperties: { type: "string", pattern: patternOf(text), title: text },
            },
          },
        ),
        ErrorResponse: body({ not: { const: 0 } }),
      },
    },
  };
}

/** The configuration accepts single lines only. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

/** A pattern that is checked, whatever the string: one that could be slow would be left out of the code. */
function patternOf(text: string): string {
  return Array.from(text)
    .slice(0, 100)
    .join("")
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
