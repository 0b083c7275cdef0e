import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load } from "../../../scripts/load.js";
import type { Action } from "../../../scripts/model/api-model.js";
import { parseExactly } from "../../../templates/runtime/exact-json.js";
import type { ValidationOptions, Validator } from "../../../templates/runtime/validation.js";
import { actionDocument } from "../../support/action-document.js";
import { folderOf } from "../../support/bundled.js";
import { generated } from "../../support/generated.js";
import { ajvVerdict, loadValidator } from "../../support/validator.js";

/** Every type that a response can have. */
const document = actionDocument("Everything", {
  response: {
    Text: { type: "string" },
    Count: { type: "integer" },
    Ratio: { type: "number" },
    Flag: { type: "boolean" },
    Link: { type: "string", format: "uri" },
    Maybe: { type: ["string", "null"], format: "uuid" },
    Either: { type: ["string", "integer"] },
    Any: {},
    Map: { type: "object" },
    Counts: { type: "object", additionalProperties: { type: "integer" } },
    OneOf: { oneOf: [{ $ref: "#/components/schemas/Red" }, { $ref: "#/components/schemas/Blue" }] },
    AnyOf: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }, { type: "null" }] },
    Loose: { type: "array" },
    State: { type: "string", enum: ["on", "off"] },
    Level: { enum: [1, 2] },
    Mixed: { enum: ["a", 1, null] },
    Fixed: { const: "as it is" },
    Grid: { type: "array", items: { type: "array", items: { type: ["integer", "null"] } } },
    Tree: { $ref: "#/components/schemas/Node" },
    Inline: {
      type: "array",
      items: { type: "object", required: ["Id"], properties: { Id: { type: "string" } } },
    },
    constructor: { type: "string" },
    "odd name": { type: "string" },
  },
  schemas: {
    Red: { type: "object", required: ["red"], properties: { red: { type: "integer" } } },
    Blue: { type: "object", required: ["blue"], properties: { blue: { type: "string" } } },
    Node: {
      type: ["object", "null"],
      required: ["Name", "Unlisted"],
      properties: {
        Name: { type: "string" },
        Children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        Next: { $ref: "#/components/schemas/Node" },
      },
    },
  },
});

async function generatedValidator(): Promise<{ action: Action; validate: Validator }> {
  const folder = await folderOf("test/golden/shapes/spec", { "store/Everything.openapi.yaml": document });
  const { products } = await load(folder);
  const source = (await generated(folder)).get("packages/store/src/actions/Everything.ts") ?? "";
  return {
    action: products[0]?.actions[0] as Action,
    validate: await loadValidator(source, "validateEverything"),
  };
}

const node = { Name: "n", Unlisted: 1, Children: [{ Name: "c", Unlisted: null }, null], Next: null };
const valid = {
  RetCode: 0,
  Text: "t",
  Count: 1,
  Ratio: 0.5,
  Flag: true,
  Link: "https://a.example/b?c#d",
  Maybe: null,
  Either: 7,
  Any: [{}],
  Map: { a: 1 },
  Counts: { a: 1, b: 2 },
  OneOf: { red: 1 },
  AnyOf: ["a"],
  Loose: [1, "a"],
  State: "on",
  Level: 2,
  Mixed: null,
  Fixed: "as it is",
  Grid: [[1, null], []],
  Tree: node,
  Inline: [{ Id: "i" }],
  constructor: "c",
  "odd name": "o",
};

/** Copies a value, with a part of it replaced or removed. */
function mutate(value: unknown, picks: readonly number[], replacement: unknown): unknown {
  if (typeof value !== "object" || value === null) return replacement;
  const [pick = 0, ...rest] = picks;
  const entries = Object.entries(value);
  const index = pick % (entries.length + 1);
  if (picks.length === 0 || entries.length === 0) return replacement;
  const changed = entries.map(
    ([key, item], at) => [key, at === index ? mutate(item, rest, replacement) : item] as const,
  );
  const all = index === entries.length ? [...entries, ["New", replacement] as const] : changed;
  const kept = all.filter(([, item]) => item !== undefined);
  if (Array.isArray(value)) return kept.map(([, item]) => item);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of kept)
    Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true });
  return copy;
}

const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    1,
    1.5,
    1e300,
    "",
    "on",
    "else",
    2,
    [],
    {},
    [null],
    node,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.uuid(),
);
const mutations = fc.array(fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), replacement), {
  maxLength: 3,
});

describe("a generated validator", () => {
  test.each<[what: string, options: ValidationOptions]>([
    ["by default", {}],
    ["without formats", { formats: false }],
    ["with unknown fields", { unknownFields: true }],
    ["with unlisted values", { unlistedValues: true }],
    ["with everything", { unknownFields: true, unlistedValues: true }],
  ])("has the verdict of Ajv %s", async (_, options) => {
    const { action, validate } = await generatedValidator();
    const isValid = ajvVerdict(action, options);
    let rejected = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = changes.reduce<unknown>((value, [picks, other]) => mutate(value, picks, other), valid);
        // As a client passes it on: an integer beyond 2^53 is a bigint.
        const received = parseExactly(JSON.stringify(body)) as object;
        const verdict = validate(received, options);
        if (verdict.length > 0) rejected += 1;
        expect({ body, valid: verdict.length === 0, verdict }).toMatchObject({ body, valid: isValid(body) });
      }),
      { numRuns: 2_000 },
    );
    expect(rejected).toBeGreaterThan(300);
    expect(validate(valid)).toEqual([]);
  });

  test("reports the path and the problem, and never the value", async () => {
    const { validate } = await generatedValidator();
    const secret = "secret-value";
    const body = {
      RetCode: 0,
      Count: 1.5,
      Ratio: null,
      Link: secret,
      Maybe: [secret],
      Either: { secret },
      State: secret,
      Fixed: secret,
      Grid: [[1], [1, secret]],
      Tree: { Name: 1, Children: [{ Name: "n" }] },
      Inline: [{ Id: "i" }, { Id: null, New: secret }],
      "odd name": 0,
      "new\nname": secret,
    };
    expect(validate(body, { unknownFields: true, unlistedValues: true })).toEqual([
      { path: "Count", problem: "must be of type integer, and is of type number" },
      { path: "Ratio", problem: "must be of type number, and is of type null" },
      { path: "Link", problem: "must be a URI" },
      { path: "Maybe", problem: "must be of type string, and is of type array" },
      { path: "Either", problem: "must be of type string or of type integer, and is of type object" },
      { path: "State", problem: 'must be one of "on", "off"' },
      { path: "Fixed", problem: 'must be "as it is"' },
      { path: "Grid[1][1]", problem: "must be of type integer, and is of type string" },
      { path: "Tree.Unlisted", problem: "is required" },
      { path: "Tree.Name", problem: "must be of type string, and is of type integer" },
      { path: "Tree.Children[0].Unlisted", problem: "is required" },
      { path: "Inline[1].Id", problem: "must be of type string, and is of type null" },
      { path: "Inline[1].New", problem: "is not a field of the specification" },
      { path: '["odd name"]', problem: "must be of type string, and is of type integer" },
      { path: '["new\\nname"]', problem: "is not a field of the specification" },
    ]);
  });

  test("accepts new fields and new values by default", async () => {
    const { validate } = await generatedValidator();
    expect(validate({ RetCode: 0, New: 1, State: "between" })).toEqual([]);
    expect(validate({ RetCode: 0, Link: "not a link" }, { formats: false })).toEqual([]);
  });
});
