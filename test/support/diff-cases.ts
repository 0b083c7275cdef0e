import type { ActionParts } from "./action-document.js";

/** Both states of an action; without one of them, it is new or gone. */
interface States {
  readonly before?: ActionParts;
  readonly after?: ActionParts;
}

/** Two states of an action, and what changed: the rule, the parameter or field, and the bump. */
type DiffCase = readonly [what: string, states: States, changes: readonly string[]];

type Values = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const whole = { type: "integer" };
const disk = { type: "object", required: ["Size"], properties: { Size: whole, Type: text } };
const disks = { type: "array", items: disk };

/** Keys that stand beside the schema of a parameter, and not in it. */
const facts = [
  "required",
  "description",
  "example",
  "deprecated",
  "x-actiongen-style",
  "x-actiongen-sensitive",
];

/** A parameter P of both states; `undefined` in the state that lacks it. */
function parameter(before: Values | undefined, after: Values | undefined): States {
  const of = (values: Values | undefined) => {
    if (values === undefined) return {};
    const entries = Object.entries(values);
    const schema = Object.fromEntries(entries.filter(([key]) => !facts.includes(key)));
    const beside = Object.fromEntries(entries.filter(([key]) => facts.includes(key)));
    return { parameters: [{ name: "P", in: "query", ...beside, schema }] };
  };
  return { before: of(before), after: of(after) };
}

/** A response field F of both states. */
function field(before: Values | undefined, after: Values | undefined): States {
  const of = (schema: Values | undefined) => (schema === undefined ? {} : { response: { F: schema } });
  return { before: of(before), after: of(after) };
}

/** Response fields inside an object F. */
function inner(before: Values, after: Values, required: readonly [string[], string[]] = [[], []]): States {
  const of = (properties: Values, names: string[]) => ({ type: "object", properties, required: names });
  return field(of(before, required[0]), of(after, required[1]));
}

const described = (type: Values) => ({ ...type, description: "The size of the disk in GB." });

const ofParameters: readonly DiffCase[] = [
  ["a new optional parameter", parameter(undefined, text), ["param-added-optional P minor"]],
  [
    "a new required parameter",
    parameter(undefined, { ...text, required: true }),
    ["param-added-required P major"],
  ],
  ["a parameter that is gone", parameter(text, undefined), ["param-removed P major"]],
  [
    "a deprecated parameter that is gone",
    parameter({ ...text, deprecated: true }, undefined),
    ["param-removed P minor"],
  ],
  [
    "a parameter that became required",
    parameter(text, { ...text, required: true }),
    ["param-optional-to-required P major"],
  ],
  [
    "a parameter that became optional",
    parameter({ ...text, required: true }, text),
    ["param-required-to-optional P minor"],
  ],
  ["a parameter of another type", parameter(text, whole), ["param-type-changed P major"]],
  [
    "a parameter that may have a fraction",
    parameter(whole, { type: "number" }),
    ["param-integer-to-number P minor"],
  ],
  [
    "a parameter that may have none",
    parameter({ type: "number" }, whole),
    ["param-number-to-integer P major"],
  ],
  [
    "a parameter that became a list",
    parameter(text, { type: "array", items: text, "x-actiongen-style": "indexed" }),
    ["param-scalar-to-array P major"],
  ],
  [
    "a parameter that is no list any more",
    parameter({ type: "array", items: text, "x-actiongen-style": "indexed" }, text),
    ["param-array-to-scalar P major"],
  ],
  [
    "a parameter that takes more types",
    parameter(text, { type: ["string", "integer"] }),
    ["param-type-widened P minor"],
  ],
  [
    "a parameter that takes fewer types",
    parameter({ type: ["string", "integer"] }, text),
    ["param-type-narrowed P major"],
  ],
  ["a parameter that lists values", parameter(text, { ...text, enum: ["a"] }), ["param-became-enum P minor"]],
  [
    "a parameter that lists none any more",
    parameter({ ...text, enum: ["a"] }, text),
    ["param-enum-to-plain P minor"],
  ],
  [
    "values of a parameter",
    parameter({ ...text, enum: ["a", "b"] }, { ...text, enum: ["c", "a"] }),
    ["param-enum-value-added P minor", "param-enum-value-removed P major"],
  ],
  ["the order of values", parameter({ ...text, enum: ["a", "b"] }, { ...text, enum: ["b", "a"] }), []],
  [
    "a parameter that can be null",
    parameter(text, { type: ["string", "null"] }),
    ["param-nullable-on P minor"],
  ],
  [
    "a parameter that cannot be null any more",
    parameter({ type: ["string", "null"] }, text),
    ["param-nullable-off P major"],
  ],
  ["the format of a parameter", parameter(text, { ...text, format: "uri" }), ["param-format P minor"]],
  [
    "a smaller maximum",
    parameter({ ...whole, maximum: 9 }, { ...whole, maximum: 5 }),
    ["param-limits-narrowed P minor"],
  ],
  [
    "a larger maximum",
    parameter({ ...whole, maximum: 5 }, { ...whole, maximum: 9 }),
    ["param-limits-widened P minor"],
  ],
  ["a new default", parameter(whole, { ...whole, default: 20 }), ["param-default-added P minor"]],
  ["a default that is gone", parameter({ ...whole, default: 20 }, whole), ["param-default-removed P minor"]],
  [
    "another default",
    parameter({ ...whole, default: 20 }, { ...whole, default: 50 }),
    ["param-default-changed P minor"],
  ],
  ["base64", parameter(text, { ...text, contentEncoding: "base64" }), ["param-base64-on P major"]],
  [
    "no base64 any more",
    parameter({ ...text, contentEncoding: "base64" }, text),
    ["param-base64-off P major"],
  ],
  ["a secret", parameter(text, { ...text, "x-actiongen-sensitive": true }), ["param-sensitive-on P minor"]],
  [
    "no secret any more",
    parameter({ ...text, "x-actiongen-sensitive": true }, text),
    ["param-sensitive-off P minor"],
  ],
  ["a deprecation", parameter(text, { ...text, deprecated: true }), ["param-deprecated P minor"]],
  [
    "the end of a deprecation",
    parameter({ ...text, deprecated: true }, text),
    ["param-undeprecated P patch"],
  ],
  ["a description", parameter(text, { ...text, description: "New." }), ["param-docs P patch"]],
  ["an example", parameter(text, { ...text, example: "new" }), ["param-docs P patch"]],
  [
    "another name with the same type and description",
    {
      before: { parameters: [{ name: "DiskSize", in: "query", ...schemaAndDescription(whole) }] },
      after: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(whole) }] },
    },
    ["param-renamed DiskSize major"],
  ],
  [
    "another name with another type",
    {
      before: { parameters: [{ name: "DiskSize", in: "query", ...schemaAndDescription(whole) }] },
      after: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(text) }] },
    },
    ["param-added-optional Size minor", "param-removed DiskSize major"],
  ],
  [
    "a parameter that moved into a new object",
    {
      before: { parameters: [{ name: "Size", in: "query", ...schemaAndDescription(whole) }] },
      after: {
        parameters: [
          {
            name: "Disk",
            in: "query",
            "x-actiongen-style": "indexed",
            schema: { type: "object", properties: { Size: described(whole) } },
          },
        ],
      },
    },
    ["param-added-optional Disk minor", "param-moved Size major"],
  ],
  [
    "a required field of an object that is there",
    parameter(
      { type: "array", "x-actiongen-style": "indexed", items: { type: "object", properties: { A: text } } },
      {
        type: "array",
        "x-actiongen-style": "indexed",
        items: { type: "object", required: ["B"], properties: { A: text, B: text } },
      },
    ),
    ["param-added-required P.N.B major"],
  ],
  [
    "a required field of a new object",
    parameter(undefined, { ...disks, "x-actiongen-style": "indexed" }),
    ["param-added-optional P minor", "param-added-required-in-new-object P.N.Size minor"],
  ],
  [
    "the order of parameters",
    {
      before: {
        parameters: [
          { name: "A", in: "query", schema: text },
          { name: "B", in: "query", schema: text },
        ],
      },
      after: {
        parameters: [
          { name: "B", in: "query", schema: text },
          { name: "A", in: "query", schema: text },
        ],
      },
    },
    ["param-order patch"],
  ],
  [
    "a required parameter that an option of the client sets",
    { before: {}, after: { parameters: [{ name: "Region", in: "query", required: true, schema: text }] } },
    ["param-added-required Region minor"],
  ],
];

function schemaAndDescription(schema: Values): Values {
  return { schema, description: "The size of the disk in GB." };
}

const ofResponses: readonly DiffCase[] = [
  ["a new optional field", field(undefined, text), ["resp-added-optional F minor"]],
  [
    "a new required field",
    inner({ B: text }, { A: text, B: text }, [[], ["A"]]),
    ["resp-added-required F.A minor"],
  ],
  ["an optional field that is gone", field(text, undefined), ["resp-removed-optional F major"]],
  [
    "a required field that is gone",
    inner({ A: text, B: text }, { B: text }, [["A"], []]),
    ["resp-removed-required F.A major"],
  ],
  [
    "a field that became optional",
    inner({ A: text }, { A: text }, [["A"], []]),
    ["resp-required-to-optional F.A major"],
  ],
  [
    "a field that is always there",
    inner({ A: text }, { A: text }, [[], ["A"]]),
    ["resp-optional-to-required F.A minor"],
  ],
  ["a field of another type", field(text, whole), ["resp-type-changed F major"]],
  ["a field with fractions", field(whole, { type: "number" }), ["resp-integer-to-number F minor"]],
  ["a field without fractions", field({ type: "number" }, whole), ["resp-number-to-integer F minor"]],
  [
    "a field that became a list",
    field(text, { type: "array", items: text }),
    ["resp-scalar-to-array F major"],
  ],
  [
    "a field that is no list any more",
    field({ type: "array", items: text }, text),
    ["resp-array-to-scalar F major"],
  ],
  [
    "items of another type",
    field({ type: "array", items: text }, { type: "array", items: whole }),
    ["resp-type-changed F.N major"],
  ],
  [
    "a field that has more types",
    field(text, { type: ["string", "integer"] }),
    ["resp-type-widened F major"],
  ],
  [
    "a field that has fewer types",
    field({ type: ["string", "integer"] }, text),
    ["resp-type-narrowed F minor"],
  ],
  ["a field that lists values", field(text, { ...text, enum: ["a"] }), ["resp-became-enum F minor"]],
  ["a field that lists none any more", field({ ...text, enum: ["a"] }, text), ["resp-enum-to-plain F minor"]],
  [
    "a new value",
    field({ ...text, enum: ["a"] }, { ...text, enum: ["a", "b"] }),
    ["resp-enum-value-added F minor"],
  ],
  [
    "a value that is gone",
    field({ ...text, enum: ["a", "b"] }, { ...text, enum: ["a"] }),
    ["resp-enum-value-removed F minor"],
  ],
  ["a field that can be null", field(text, { type: ["string", "null"] }), ["resp-nullable-on F major"]],
  [
    "a field that cannot be null any more",
    field({ type: ["string", "null"] }, text),
    ["resp-nullable-off F minor"],
  ],
  ["the format of a field", field(text, { ...text, format: "uri" }), ["resp-format F minor"]],
  ["the limits of a field", field(whole, { ...whole, minimum: 1 }), ["resp-limits F minor"]],
  ["a field in base64", field(text, { ...text, contentEncoding: "base64" }), ["resp-base64-on F major"]],
  [
    "a field that is not in base64 any more",
    field({ ...text, contentEncoding: "base64" }, text),
    ["resp-base64-off F major"],
  ],
  ["a secret field", field(text, { ...text, "x-actiongen-sensitive": true }), ["resp-sensitive-on F minor"]],
  [
    "a field that is no secret",
    field({ ...text, "x-actiongen-sensitive": true }, text),
    ["resp-sensitive-off F minor"],
  ],
  ["a deprecated field", field(text, { ...text, deprecated: true }), ["resp-deprecated F minor"]],
  [
    "a field that is not deprecated any more",
    field({ ...text, deprecated: true }, text),
    ["resp-undeprecated F patch"],
  ],
  ["the description of a field", field(text, { ...text, description: "New." }), ["resp-docs F patch"]],
  ["the order of fields", inner({ A: text, B: text }, { B: text, A: text }), ["resp-order F patch"]],
  [
    "a field with another name",
    inner({ Sise: described(whole) }, { DiskSize: described(whole) }),
    ["resp-renamed F.Sise major"],
  ],
  [
    "a field whose name differs in case",
    inner({ size: whole }, { Size: whole }),
    ["resp-renamed F.size major"],
  ],
  [
    "two fields that could be the same",
    inner({ A: described(whole) }, { B: described(whole), C: described(whole) }),
    ["resp-added-optional F.B minor", "resp-added-optional F.C minor", "resp-removed-optional F.A major"],
  ],
  [
    "a field that moved",
    inner(
      { Size: described(whole), Disk: { type: "object", properties: { Type: text } } },
      { Disk: { type: "object", properties: { Type: text, Size: described(whole) } } },
    ),
    ["resp-moved F.Size major"],
  ],
  [
    "a schema with another name and layout",
    {
      before: { response: { F: disks } },
      after: {
        response: { F: { type: "array", items: { $ref: "#/components/schemas/Disk" } } },
        schemas: { Disk: disk },
      },
    },
    [],
  ],
  [
    "a schema that contains itself",
    {
      before: tree({ Name: text }),
      after: tree({ Name: text, Size: whole }),
    },
    ["resp-added-optional F.Size minor"],
  ],
];

function tree(properties: Values): ActionParts {
  const items = { $ref: "#/components/schemas/Tree" };
  return {
    response: { F: items },
    schemas: { Tree: { type: "object", properties: { ...properties, Children: { type: "array", items } } } },
  };
}

const paged = {
  parameters: ["Offset", "Limit"].map((name) => ({ name, in: "query", schema: whole })),
  response: { Total: whole, Count: whole, Items: disks, Others: disks },
};
const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Items" };
const withFacts = (facts: Values) => ({ ...paged, operation: facts });

const ofActions: readonly DiffCase[] = [
  ["a new action", { after: {} }, ["action-added minor"]],
  ["an action that is gone", { before: {} }, ["action-removed major"]],
  [
    "a deprecated action that is gone",
    { before: { operation: { deprecated: true } } },
    ["action-removed minor"],
  ],
  [
    "a deprecated action",
    { before: {}, after: { operation: { deprecated: true } } },
    ["action-deprecated minor"],
  ],
  [
    "the end of its deprecation",
    { before: { operation: { deprecated: true } }, after: {} },
    ["action-undeprecated patch"],
  ],
  ["its summary", { before: {}, after: { operation: { summary: "New." } } }, ["action-docs patch"]],
  [
    "its page",
    { before: {}, after: { operation: { externalDocs: { url: "https://docs.example.com/a" } } } },
    ["page-moved patch"],
  ],
  [
    "its sample",
    {
      before: { parameters: [{ name: "P", in: "query", schema: text }] },
      after: {
        parameters: [{ name: "P", in: "query", schema: text }],
        operation: { "x-actiongen-sample": { P: "new" } },
      },
    },
    ["action-sample patch"],
  ],
  [
    "retries",
    {
      before: { operation: { "x-actiongen-retry-safe": false } },
      after: { operation: { "x-actiongen-retry-safe": true } },
    },
    ["retry-safe-on minor"],
  ],
  [
    "no retries any more",
    {
      before: { operation: { "x-actiongen-retry-safe": true } },
      after: { operation: { "x-actiongen-retry-safe": false } },
    },
    ["retry-safe-off minor"],
  ],
  [
    "pages",
    { before: withFacts({}), after: withFacts({ "x-actiongen-paging": paging }) },
    ["paging-added minor"],
  ],
  [
    "no pages any more",
    { before: withFacts({ "x-actiongen-paging": paging }), after: withFacts({}) },
    ["paging-removed major"],
  ],
  [
    "pages of another list",
    {
      before: withFacts({ "x-actiongen-paging": paging }),
      after: withFacts({ "x-actiongen-paging": { ...paging, items: "Others" } }),
    },
    ["paging-field-changed major"],
  ],
];

export const cases: readonly DiffCase[] = [...ofParameters, ...ofResponses, ...ofActions];
