import { describe, expect, test } from "vitest";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { hasRequired, interfacesOf, itemType, knownValuesOf } from "../../scripts/emit/types.js";
import { checksOf } from "../../scripts/emit/validators.js";
import type { Brand } from "../../scripts/model/api-model.js";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";

const brand = { locationOptions: { region: "Region", zone: "Zone" } } as unknown as Brand;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const query = (name: string, schema: object = { type: "string" }, more: object = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});
const built = (parts: ActionParts) => builtProduct({ DescribePot: parts }).action("DescribePot");
const long = ["a", "b", "c", "d"].map((letter) => letter.repeat(20));

/** A value: its type in a parameter and in a response, its check, and its type in the runtime's record of the action. */
test.each<[schema: object, sent: string, received: string, check: string, compact: string]>([
  [{ type: "string" }, "string", "string", "$checks.string", "string"],
  [{ type: "string", format: "date-time" }, "string", "string", "$checks.dateTime", "string"],
  [
    { type: "string", contentEncoding: "base64" },
    "string | Uint8Array",
    "string",
    "$checks.string",
    "base64",
  ],
  [
    { type: "array", items: { type: "string", contentEncoding: "base64" } },
    "Array<string | Uint8Array>",
    "string[]",
    "$checks.array($checks.string)",
    "base64[]",
  ],
  [
    { type: "integer", minimum: 1, maximum: 9 },
    "number",
    "number",
    '$checks.limited($checks.integer, ["minimum", 1], ["maximum", 9])',
    "integer",
  ],
  [{ type: "number" }, "number", "number", "$checks.number", "number"],
  [{ type: "boolean" }, "boolean", "boolean", "$checks.boolean", "boolean"],
  [
    { type: ["string", "null"] },
    "string | null",
    "string | null",
    "$checks.nullable($checks.string)",
    "string",
  ],
  [
    { type: "string", enum: ["a", "b"] },
    '"a" | "b" | (string & {})',
    '"a" | "b" | (string & {})',
    '$checks.listed($checks.string, "a", "b")',
    "enum",
  ],
  [
    { type: "integer", enum: [1, 2] },
    "1 | 2 | (number & {})",
    "1 | 2 | (number & {})",
    "$checks.listed($checks.integer, 1, 2)",
    "enum",
  ],
  [{ const: "k" }, '"k"', '"k"', '$checks.literal("k")', "string"],
  [{ const: 5 }, "5", "5", "$checks.literal(5)", "number"],
  [{ const: true }, "true", "true", "$checks.literal(true)", "boolean"],
  [{ const: null }, "null", "null", "$checks.literal(null)", "json"],
  [{ const: ["a"] }, "unknown", "unknown", '$checks.literal([\n  "a",\n])', "json"],
  [
    { type: "array", items: { type: "integer" } },
    "number[]",
    "number[]",
    "$checks.array($checks.integer)",
    "integer[]",
  ],
  [
    { type: "array", items: { type: ["string", "null"] } },
    "Array<string | null>",
    "Array<string | null>",
    "$checks.array($checks.nullable($checks.string))",
    "string[]",
  ],
  [
    { type: "object", additionalProperties: { type: "integer" } },
    "Record<string, number>",
    "Record<string, number>",
    "$checks.map($checks.integer)",
    "json",
  ],
  [ref("Pot"), "Pot", "Pot", "$Pot", "#Pot"],
  [{ type: "array", items: ref("Pot") }, "Pot[]", "Pot[]", "$checks.array($Pot)", "#Pot[]"],
  [
    { oneOf: [{ type: "string" }, { type: "integer" }] },
    "string | number",
    "string | number",
    "$checks.anyOf($checks.string, $checks.integer)",
    "json",
  ],
  [{}, "unknown", "unknown", "$checks.anything", "json"],
])("a value of %j", (schema, sent, received, check, compact) => {
  const action = built({
    parameters: [query("Value", schema)],
    response: { Value: schema },
    schemas: { Pot: object({ Size: { type: "integer" } }) },
  });
  const [params, response] = interfacesOf(action, brand);
  expect(params?.fields.map(({ type }) => type.source)).toEqual([sent]);
  expect(response?.fields.map(({ name, type }) => [name, type.source])).toEqual([
    ["RetCode", "0"],
    ["Value", received],
  ]);
  const checks = checksOf(action).models.find(({ constant }) => constant.source === "$DescribePotResponse");
  expect(checks?.fields.map((field) => [field.name, field.check.source])).toEqual([
    ["RetCode", "$checks.literal(0)"],
    ["Value", check],
  ]);
  expect(operationOf(action).parameters).toEqual({ Value: compact });
});

test("a union that is too long for one line has a member on each", () => {
  const schema = { type: "string", enum: long };
  const [params] = interfacesOf(built({ parameters: [query("Value", schema)] }), brand);
  expect(params?.fields[0]?.type.source).toBe(`\n    | "${long.join('"\n    | "')}"\n    | (string & {})`);
  const [known] = knownValuesOf(built({ parameters: [query("Value", schema)] }));
  expect(known?.type.source).toBe(`\n  | "${long.join('"\n  | "')}"`);
  const [single] = knownValuesOf(built({ parameters: [query("Value", { enum: ["a".repeat(90)] })] }));
  expect(single?.type.source).toBe(`"${"a".repeat(90)}"`);
});

test("a union of 80 columns is on one line, one of 81 is not", () => {
  const typeOf = (length: number) =>
    interfacesOf(built({ parameters: [query("Value", { enum: ["a".repeat(length)] })] }), brand)[0]?.fields[0]
      ?.type.source;
  // 80 columns: quotes, ` | (string & {})` and the value.
  expect(typeOf(62)).toBe(`"${"a".repeat(62)}" | (string & {})`);
  expect(typeOf(62)).toHaveLength(80);
  expect(typeOf(63)).toContain("\n");
});

describe("the interfaces of an action", () => {
  const action = built({
    operation: { deprecated: true },
    parameters: [query("Lid", ref("Lid")), query("Both", ref("Both"))],
    response: { Pot: ref("Pot"), Both: ref("Both"), State: { type: "string", enum: ["Hot"] } },
    schemas: {
      Response: object(
        { RetCode: { type: "integer", const: 0 }, Pot: ref("Pot"), Both: ref("Both") },
        { additionalProperties: true },
      ),
      Lid: object({ Data: { type: "string", contentEncoding: "base64" } }, { description: "A lid." }),
      Both: object({ Data: { type: "string", contentEncoding: "base64" } }),
      Pot: object({ Size: {} }, { additionalProperties: { type: "integer" } }),
    },
  });

  test("are those of its parameters, its response, and their models; only parameters can be bytes", () => {
    const shown = interfacesOf(action, brand).map(({ name, fields, isOpen }) => [
      name,
      isOpen,
      ...fields.map((field) => `${field.name}${field.optional ? "?" : ""}: ${field.type.source}`),
    ]);
    expect(shown).toEqual([
      ["DescribePotParams", false, "Lid?: Lid", "Both?: Both"],
      ["DescribePotResponse", true, "RetCode?: 0", "Pot?: Pot", "Both?: Both"],
      ["Lid", false, "Data?: string | Uint8Array"],
      ["Both", false, "Data?: string"],
      ["Pot", true, "Size?: unknown"],
    ]);
  });

  test("are documented, as deprecated if the action is", () => {
    expect(interfacesOf(action, brand).map(({ doc }) => doc.source)).toEqual([
      "/**\n * Parameters of `describePot`.\n *\n * @deprecated\n */\n",
      "/**\n * Response of `describePot`.\n *\n * @deprecated\n */\n",
      "/** A lid. */\n",
      "",
      "",
    ]);
  });

  test("have checks of the response only", () => {
    const { root, models } = checksOf(action);
    expect(root.source).toBe("$DescribePotResponse");
    expect(
      models.map(({ constant, required, additional }) => [
        constant.source,
        required.source,
        additional?.source ?? null,
      ]),
    ).toEqual([
      ["$Both", "", null],
      ["$DescribePotResponse", "", "$checks.anything"],
      ["$Pot", "", "$checks.integer"],
    ]);
  });
});

test("required fields of a response are checked", () => {
  const schemas = { Pot: object({ A: {}, B: {}, C: {} }, { required: ["C", "A"] }) };
  const { models } = checksOf(built({ response: { Pot: ref("Pot") }, schemas }));
  expect(models.map(({ required }) => required.source)).toEqual(['"RetCode"', '"A", "C"']);
});

describe("a field is documented with", () => {
  const doc = (schema: object, more: object = {}, name = "Value") =>
    interfacesOf(built({ parameters: [query(name, schema, more)] }), brand)[0]?.fields[0];
  const lines = (...all: string[]) =>
    `/**\n${all.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */\n  `;

  test.each<[what: string, schema: object, more: object, want: string]>([
    ["nothing", { type: "string" }, {}, ""],
    ["its description", { type: "string" }, { description: "A value." }, "/** A value. */\n  "],
    [
      "default and example",
      { type: "string", default: "a", example: "b" },
      { description: "A value.", deprecated: true },
      lines("A value.", "", '@default "a"', '@example "b"', "@deprecated"),
    ],
    ["a default of false", { type: "boolean", default: false }, {}, "/** @default false */\n  "],
    [
      "what the client encodes, without the encoded example",
      { type: "string", contentEncoding: "base64", example: "YQ==" },
      {},
      "/** The client encodes it in base64: pass the plain value, as a string or as bytes. */\n  ",
    ],
    [
      "what the client encodes in a list",
      { type: "array", items: { type: "string", contentEncoding: "base64" }, example: ["YQ=="] },
      {},
      "/** The client encodes it in base64: pass the plain value, as a string or as bytes. */\n  ",
    ],
  ])("%s", (_, schema, more, want) => {
    expect(doc(schema, more)?.doc.source).toBe(want);
  });

  test("the option that sets it, which makes it optional", () => {
    const required = doc({ type: "string" }, { required: true }, "Region");
    expect(required?.doc.source).toBe(
      "/** Required, unless the `region` option of the call or the client is set. */\n  ",
    );
    expect(required?.optional).toBe(true);
    const optional = doc({ type: "string" }, {}, "Zone");
    expect(optional?.doc.source).toBe("/** Default: the `zone` option of the call or the client. */\n  ");
    expect(doc({ type: "string" }, { required: true })?.optional).toBe(false);
  });

  test("no encoding in a response, whose example is the encoded value", () => {
    const value = { type: "string", contentEncoding: "base64", example: "YQ==" };
    const [, response] = interfacesOf(built({ response: { Value: value } }), brand);
    expect(response?.fields[1]?.doc.source).toBe("");
  });
});

test.each<[names: readonly string[], required: boolean]>([
  [[], false],
  [["Region", "Zone"], false],
  [["Region", "PotId"], true],
])("a call with the required parameters %j must pass some: %s", (names, required) => {
  const parameters = [
    query("Other"),
    ...names.map((name) => query(name, { type: "string" }, { required: true })),
  ];
  expect(hasRequired(built({ parameters }), brand)).toBe(required);
});

test("the items that an action lists have a type", () => {
  const response = {
    Pots: { type: "array", items: ref("Pot") },
    Names: { type: "array", items: { type: "string" } },
  };
  const schemas = { Pot: object({ Size: {} }) };
  const action = built({ response, schemas });
  const paging = { offset: "", limit: "", total: "", items: "Names" };
  const wait = { function: "", items: "Pots", id: "", state: "", done: [], failed: [] };
  expect(itemType(action)).toBeUndefined();
  expect(itemType({ ...action, paging })?.source).toBe("string");
  expect(itemType({ ...action, wait })?.source).toBe("Pot");
  expect(itemType({ ...action, wait: { ...wait, items: "RetCode" } })?.source).toBe("unknown");
});

test("the known values of an enumeration are documented", () => {
  const parameters = [query("State", { type: "string", enum: ["Hot", "Cold"] })];
  const known = (operation: Record<string, unknown>) =>
    knownValuesOf(built({ operation, parameters })).map(({ name, doc, type }) => [
      name,
      doc.source,
      type.source,
    ]);
  const text = "Known values of `State`, to which the vendor may add others.";
  expect(known({})).toEqual([["DescribePotState", `/** ${text} */\n`, '"Hot" | "Cold"']]);
  expect(known({ deprecated: true })[0]?.[1]).toBe(`/**\n * ${text}\n *\n * @deprecated\n */\n`);
});
