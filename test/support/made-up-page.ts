import fc from "fast-check";
import type { PageField, PlainType, VendorPage } from "./vendor-page.js";

/** A random page, and the expected content of its document. */
export interface MadeUpPage {
  readonly page: VendorPage;
  readonly expected: {
    readonly parameters: readonly Json[];
    /** Success schema, without the fields that every response has. */
    readonly response: Json;
    readonly models: Readonly<Record<string, Json>>;
  };
}

type Json = Readonly<Record<string, unknown>>;

/** A field with its nested fields, which a page writes as dotted names. `words` are the parts of its description. */
interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly words: readonly Piece[];
  readonly shape: Shape;
}

type Shape =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "list"; readonly scalar: Scalar; readonly isIndexed: boolean }
  | { readonly kind: "model"; readonly index: number; readonly array: boolean }
  | {
      readonly kind: "object";
      readonly array: boolean;
      readonly isDeclared: boolean;
      readonly fields: readonly Field[];
    };

interface Scalar {
  readonly word: PlainType;
  readonly type: string;
  readonly value: string;
}

const scalars: readonly Scalar[] = [
  { word: "string", type: "string", value: "oak" },
  { word: "int", type: "integer", value: "3" },
  { word: "float", type: "number", value: "2.5" },
  { word: "boolean", type: "boolean", value: "true" },
  { word: "bool", type: "boolean", value: "false" },
];

/** Part of a cell: its Markdown, and the displayed text. */
type Piece = readonly [markdown: string, seen: string];

const same = (text: string): Piece => [text, text];
const pieces: readonly Piece[] = [
  ...["birch", "elm tree", "云杉", "a_b_c", "5 < 6", "<b>raw</b>", "<div>", "$x", "{{y}}", "50%"].map(same),
  ...["> cited", "- item", "1. first", "2) second", "# head", "+ plus", "* star", "~~~", "===", "---"].map(
    same,
  ),
  ...["[word]: /url", "<!-- kept", "?> note", "&ampersand", "***", "_ _ _"].map(same),
  ["a \\| b", "a | b"],
  ["`x \\| y`", "x | y"],
  ["`[a](b)`", "[a](b)"],
  ["**bold**", "bold"],
  ["*thin*", "thin"],
  ["\\*kept\\*", "*kept*"],
  ["[rules](https://example.org/a?b=c)", "rules"],
  ["[cards](api/cards.md)", "cards"],
  ["[`here`](#Here)", "here"],
  ["<https://example.org/>", "https://example.org/"],
  ["&lt;", "<"],
  ["<br />", "\n"],
  ["<br>", "\n"],
];

const names = ["Alder", "Birch", "constructor", "toString", "UHostId", "x", "_id", "Description", "Zone2"];
const description = fc.array(fc.constantFrom(...pieces), { maxLength: 5 });

function fieldsOfDepth(depth: number, models: number): fc.Arbitrary<readonly Field[]> {
  const scalar = fc.constantFrom(...scalars);
  const shapes: fc.Arbitrary<Shape>[] = [
    fc.record({ kind: fc.constant("scalar" as const), scalar }),
    fc.record({ kind: fc.constant("list" as const), scalar, isIndexed: fc.boolean() }),
  ];
  if (models > 0) {
    const index = fc.nat(models - 1);
    shapes.push(fc.record({ kind: fc.constant("model" as const), index, array: fc.boolean() }));
  }
  if (depth > 0) {
    const fields = fieldsOfDepth(depth - 1, models).filter(({ length }) => length > 0);
    const [array, isDeclared] = [fc.boolean(), fc.boolean()];
    shapes.push(fc.record({ kind: fc.constant("object" as const), array, isDeclared, fields }));
  }
  const field = fc.record({
    name: fc.constantFrom(...names),
    required: fc.boolean(),
    words: description,
    shape: fc.oneof(...shapes),
  });
  return fc.uniqueArray(field, { maxLength: 4, selector: ({ name }) => name });
}

/**
 * Generates random pages.
 *
 * @param isNumbered whether all field names of a page are different, so that no two fields can be confused.
 */
export function madeUpPages(isNumbered = false): fc.Arbitrary<MadeUpPage> {
  return fc.nat(3).chain((models) =>
    fc
      .record({
        summary: fc.constantFrom("Look - up", "查询", "Fell trees", "x"),
        parameters: fieldsOfDepth(2, 0),
        response: fieldsOfDepth(2, models),
        models: fc.array(fieldsOfDepth(1, models), { minLength: models, maxLength: models }),
      })
      .map(({ summary, parameters, response, models: tables }) => {
        let count = 0;
        const named = (fields: readonly Field[]): readonly Field[] =>
          fields.map(({ name, shape, ...field }) => ({
            ...field,
            name: isNumbered ? `${name}Of${count++}` : name,
            shape: shape.kind === "object" ? { ...shape, fields: named(shape.fields) } : shape,
          }));
        return toPage(summary, named(parameters), named(response), tables.map(named));
      }),
  );
}

const modelName = (index: number) => `Tree${"ABC".charAt(index)}Set`;

function toPage(
  summary: string,
  parameters: readonly Field[],
  response: readonly Field[],
  models: readonly (readonly Field[])[],
): MadeUpPage {
  return {
    page: {
      action: "DescribeTrees",
      summary,
      overview: "Counts the trees.",
      parameters: parameters.flatMap((field) => rows(field, "")),
      response: response.flatMap((field) => rows(field, "")),
      models: models.map((fields, index) => ({
        name: modelName(index),
        fields: fields.flatMap((field) => rows(field, "")),
      })),
      requestExample: parameters.flatMap((field) => values(field, "")),
      responseExample: { RetCode: 0 },
    },
    expected: {
      parameters: parameters.map(expectedParameter),
      response: expectedObject(response),
      models: Object.fromEntries(models.map((fields, index) => [modelName(index), expectedObject(fields)])),
    },
  };
}

function rows({ name, required, words, shape }: Field, prefix: string): PageField[] {
  const own = { name: prefix + name, required, description: words.map(([markdown]) => markdown).join(" ") };
  switch (shape.kind) {
    case "scalar":
      return [{ ...own, type: shape.scalar.word }];
    case "list":
      return shape.isIndexed || !["string", "int"].includes(shape.scalar.word)
        ? [{ ...own, name: `${own.name}.N`, type: shape.scalar.word }]
        : [{ ...own, type: shape.scalar.word === "int" ? "array[int]" : "array[string]" }];
    case "model":
      return [{ ...own, type: { model: modelName(shape.index), array: shape.array } }];
    case "object": {
      const inner = `${own.name}.${shape.array ? "N." : ""}`;
      const children = shape.fields.flatMap((field) => rows(field, inner));
      return shape.isDeclared ? [{ ...own, type: "object" }, ...children] : children;
    }
  }
}

/** Values of the request example, with one item for each list. */
function values({ name, shape }: Field, prefix: string): [string, string][] {
  const path = prefix + name;
  if (shape.kind === "scalar") return [[path, shape.scalar.value]];
  if (shape.kind === "list") return [[`${path}.0`, shape.scalar.value]];
  if (shape.kind === "model") return [];
  return shape.fields.flatMap((field) => values(field, `${path}.${shape.array ? "0." : ""}`));
}

function expectedParameter(field: Field): Json {
  const isNested = field.shape.kind !== "scalar";
  return {
    name: field.name,
    in: "query",
    required: isRequired(field),
    ...seen(field),
    ...(isNested ? { "x-actiongen-style": "indexed" } : {}),
    schema: expectedSchema(field.shape),
  };
}

function expectedObject(fields: readonly Field[]): Json {
  const required = fields.filter(isRequired).map(({ name }) => name);
  return {
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      fields.map((field) => [field.name, { ...expectedSchema(field.shape), ...seen(field) }]),
    ),
  };
}

function expectedSchema(shape: Shape): Json {
  const listed = (schema: Json, array: boolean) => (array ? { type: "array", items: schema } : schema);
  switch (shape.kind) {
    case "scalar":
      return { type: shape.scalar.type };
    case "list":
      return listed({ type: shape.scalar.type }, true);
    case "model":
      return listed({ $ref: `#/components/schemas/${modelName(shape.index)}` }, shape.array);
    case "object":
      return listed(expectedObject(shape.fields), shape.array);
  }
}

/** Whether a field is required. An object without its own row is, if any of its fields is. */
function isRequired({ required, shape }: Field): boolean {
  return shape.kind === "object" && !shape.isDeclared ? shape.fields.some(isRequired) : required;
}

function seen({ words, shape }: Field): Json {
  if (shape.kind === "object" && !shape.isDeclared) return {};
  const lines = words
    .map(([, text]) => text)
    .join(" ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length === 0 ? {} : { description: lines.join("\n") };
}
