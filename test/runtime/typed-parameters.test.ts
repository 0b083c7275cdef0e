import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tryFlatten } from "../../templates/runtime/parameters.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";

const operation = {
  action: "CreateDisks",
  retrySafe: false,
  parameters: {
    Name: "string!",
    Count: "integer",
    Factor: "number",
    Attach: "boolean",
    Script: "base64",
    Kind: "enum",
    Tags: "string[]",
    Grid: "integer[][]",
    Disks: "#Disk[]",
    Place: "#Place",
    Extra: "json",
  },
  models: { Disk: { Size: "integer!", Labels: "string[]", Parent: "#Disk" }, Place: { Host: "string!" } },
  secrets: [],
  retCodes: {},
};

const read = (flat: Record<string, string>) => readParameters(new Map(Object.entries(flat)), operation);

/** Without values that are not sent: empty arrays and objects. */
const text = fc.string({ unit: "grapheme" });
const some = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 3 });
const optional = <Values extends Record<string, fc.Arbitrary<unknown>>>(values: Values) =>
  fc.record(values, { requiredKeys: [], noNullPrototype: true });
const { disk } = fc.letrec((tie) => ({
  disk: fc
    .tuple(
      fc.integer(),
      optional({
        Labels: some(text),
        Parent: fc.oneof({ depthSize: "small" }, fc.constant({ Size: 1 }), tie("disk")),
      }),
    )
    .map(([Size, rest]) => ({ Size, ...rest })),
}));
const call = fc
  .tuple(
    text,
    optional({
      Count: fc.maxSafeInteger(),
      Factor: fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((value) => (Number.isInteger(value) ? 0.5 : value)),
      Attach: fc.boolean(),
      Script: fc.oneof(text, fc.constant(new Uint8Array([255, 0, 254]))),
      Kind: text,
      Tags: some(text),
      Grid: some(some(fc.integer())),
      Disks: some(disk),
      Place: fc.record({ Host: text }, { noNullPrototype: true }),
      Extra: some(text),
    }),
  )
  .map(([Name, rest]) => ({ Name, ...rest }));

test("parameters are restored from the wire as they were passed", () => {
  fc.assert(
    fc.property(call, (params) => {
      const { flat, issues } = tryFlatten(params, operation);
      expect(issues).toEqual([]);
      // The gateway reads Action first.
      flat.delete("Action");
      expect(readParameters(flat, operation)).toEqual({ params, missing: [], mistyped: [] });
    }),
    { numRuns: 1_000 },
  );
});

describe("a request that a client would not send", () => {
  test.each<[what: string, flat: Record<string, string>, missing: string[], mistyped: string[]]>([
    [
      "lacks required parameters",
      { "Disks.0.Labels.0": "a", "Place.Floor": "1" },
      ["Name", "Disks.0.Size", "Place.Host"],
      [],
    ],
    [
      "has other strings for numbers",
      { Name: "n", Count: "1.5", Factor: "1e3" },
      [],
      ["Count must be of type integer", "Factor must be of type number"],
    ],
    [
      "has another string for a boolean",
      { Name: "n", Attach: "True" },
      [],
      ["Attach must be of type boolean"],
    ],
    ["has a string in place of a list", { Name: "n", Tags: "a" }, [], ["Tags must be of type array"]],
    ["has a list in place of a string", { "Name.0": "n" }, [], ["Name must be of type string"]],
    ["has words as indices", { Name: "n", "Disks.first.Size": "1" }, [], ["Disks must be of type array"]],
    ["has an invalid base64 string", { Name: "n", Script: "%" }, [], ["Script must be of type base64"]],
    [
      "has an index that is too large",
      { Name: "n", "Tags.4294967294": "a" },
      [],
      ["Tags must be of type array"],
    ],
  ])("%s", (_, flat, missing, mistyped) => {
    expect(read(flat)).toMatchObject({ missing, mistyped });
  });

  test("has unknown parameters, which the gateway ignores", () => {
    const own = { Name: "n", New: "1", __proto__: "2", "constructor.prototype": "3" };
    const { params, missing, mistyped } = readParameters(
      new Map([...Object.entries(own), ["__proto__", "2"]]),
      operation,
    );
    expect([missing, mistyped]).toEqual([[], []]);
    expect(Object.keys(params)).toEqual(["Name", "New", "constructor", "__proto__"]);
    expect(({} as Record<string, unknown>).prototype).toBeUndefined();
  });
});

test("an integer beyond 2^53 stays a string", () => {
  expect(read({ Name: "n", Count: "9007199254740993" }).params.Count).toBe("9007199254740993");
});
