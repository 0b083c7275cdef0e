import { describe, expect, test } from "vitest";
import { interfacesOf } from "../../scripts/emit/interfaces.js";
import { hasRequired, itemType, knownValuesOf } from "../../scripts/emit/types.js";
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

test("a response that contains itself has one interface, open only if it is", () => {
  const schemas = { Pot: object({ Size: {} }, { additionalProperties: true }) };
  const action = built({ response: { Again: ref("Response"), Pot: ref("Pot") }, schemas });
  expect(interfacesOf(action, brand).map(({ name, isOpen }) => [name, isOpen])).toEqual([
    ["DescribePotParams", false],
    ["DescribePotResponse", false],
    ["Pot", true],
  ]);
  expect(interfacesOf(action, brand)[1]?.fields[1]?.type.source).toBe("DescribePotResponse");
});

test("items that are encoded are strings in a response", () => {
  const items = { type: "string", contentEncoding: "base64" };
  const paging = { offset: "", limit: "", total: "", items: "Keys" };
  const action = built({ response: { Keys: { type: "array", items } } });
  expect(itemType({ ...action, paging })?.source).toBe("string");
});
