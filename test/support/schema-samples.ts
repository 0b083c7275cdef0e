import fc from "fast-check";

/** A schema of a field, and JSON values of which many are valid. */
export interface SchemaSample {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

/** A schema and a value that often fulfils it. */
type Sample = readonly [schema: Readonly<Record<string, unknown>>, value: fc.Arbitrary<unknown>];

const names = ["a", "b", "c"];
/** Components, to which schemas refer. */
export const sharedSchemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Size: { type: "object", required: ["a"], properties: { a: { type: "integer" }, b: { type: "string" } } },
  State: { type: "string", enum: ["x", "y"] },
  Note: { type: "string", nullable: true },
  Counts: { type: "object", additionalProperties: { type: "integer" } },
};

const size = fc.record({ a: fc.integer(), b: fc.constant("x") }, { requiredKeys: ["a"] });
const sizeSample: Sample = [{ $ref: "#/components/schemas/Size" }, size];
const string = fc.constantFrom("x", "y", "z");
const keys = fc.constantFrom(...names);
const odd = fc.constantFrom<unknown>(null, "x", 1, true, [], {}, ["x"]);

const scalar: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
  [{ type: "string" }, string],
  [{ type: "integer" }, fc.integer()],
  [{ type: "number" }, fc.constantFrom(1, 0.5)],
  [{ type: "boolean" }, fc.boolean()],
  [{ type: "string", enum: ["x", "y"] }, string],
  [{ type: "integer", enum: [1, 2] }, fc.integer({ min: 1, max: 3 })],
  [{ enum: ["x", null] }, fc.constantFrom("x", null)],
  [{ const: "x" }, string],
  [{ const: true }, fc.boolean()],
  [{ type: ["string", "integer"] }, fc.oneof(string, fc.integer())],
  [{ type: ["string", "null"] }, fc.oneof(string, fc.constant(null))],
  sizeSample,
  [{ $ref: "#/components/schemas/State" }, string],
  [{ $ref: "#/components/schemas/Note" }, fc.oneof(string, fc.constant(null))],
  [{ $ref: "#/components/schemas/Counts" }, fc.dictionary(keys, fc.integer())],
);

function objectOf(properties: fc.Arbitrary<Sample>, names: readonly string[]): fc.Arbitrary<Sample> {
  const fields = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), properties, fc.boolean()), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 3,
  });
  return fields.map((list): Sample => {
    const required = list.filter(([, , isRequired]) => isRequired).map(([name]) => name);
    const schemas = Object.fromEntries(list.map(([name, [schema]]) => [name, schema]));
    const values = Object.fromEntries(list.map(([name, [, value]]) => [name, value]));
    const schema = { type: "object", properties: schemas, ...(required.length > 0 ? { required } : {}) };
    return [schema, fc.record(values, { requiredKeys: required })];
  });
}

const { sample } = fc.letrec<{ sample: Sample; object: Sample; other: Sample }>((tie) => ({
  object: objectOf(tie("sample"), names),
  other: objectOf(tie("sample"), ["d", "e"]),
  sample: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { arbitrary: scalar, weight: 4 },
    { arbitrary: tie("object"), weight: 2 },
    tie("sample").map(
      ([items, value]): Sample => [{ type: "array", items }, fc.array(value, { maxLength: 2 })],
    ),
    tie("sample").map(
      ([others, value]): Sample => [
        { type: "object", additionalProperties: others },
        fc.dictionary(keys, value, { maxKeys: 2 }),
      ],
    ),
    tie("sample").map(
      ([schema, value]): Sample => [{ ...schema, nullable: true }, fc.oneof(value, fc.constant(null))],
    ),
    fc
      .tuple(fc.oneof(tie("object"), fc.constant(sizeSample)), tie("other"))
      .map(
        ([one, other]): Sample => [
          { allOf: [one[0], other[0]] },
          fc.tuple(one[1], other[1]).map((parts) => Object.assign({}, ...parts)),
        ],
      ),
    fc.tuple(tie("object"), fc.constantFrom(0, 1, 2)).map(
      ([[schema, value], which]): Sample => [
        {
          allOf: [schema, schema].map((part, index) => (index < which ? { ...part, nullable: true } : part)),
        },
        fc.oneof(value, fc.constant(null)),
      ],
    ),
    tie("sample").map(([schema, value]): Sample => [{ allOf: [schema], description: "One part." }, value]),
    fc
      .tuple(
        fc.constantFrom("anyOf", "oneOf"),
        fc.array(tie("sample"), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
      )
      .map(
        ([keyword, list, hasNull]): Sample => [
          { [keyword]: [...list.map(([schema]) => schema), ...(hasNull ? [{ type: "null" }] : [])] },
          fc.oneof(...list.map(([, value]) => value), fc.constant(hasNull ? null : "x")),
        ],
      ),
  ),
}));

/** Creates samples. The same ones for the same seed. */
export function schemaSamples(count: number, seed: number): SchemaSample[] {
  const withValues = sample.chain(([schema, value]) =>
    fc
      .array(fc.oneof({ weight: 4, arbitrary: value }, odd), { minLength: 8, maxLength: 8 })
      .map((values): SchemaSample => ({ schema, values: JSON.parse(JSON.stringify(values)) })),
  );
  return fc.sample(withValues, { numRuns: count, seed });
}
