import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidParameterError } from "../../templates/runtime/errors.js";
import { flattenParameters, serializeParameters } from "../../templates/runtime/parameters.js";
import vectors from "../data/parameter-encodings.json" with { type: "json" };

const flat = (parameters: object) => Object.fromEntries(flattenParameters(parameters));

test.each(vectors)("published encoding of $given", ({ given, want }) => {
  expect(flat(given)).toEqual(want);
});

describe("a value on the wire", () => {
  test.each<[given: unknown, want: string]>([
    ["text", "text"],
    ["", ""],
    [" spaced ", " spaced "],
    ["中文 🙂", "中文 🙂"],
    [true, "true"],
    [false, "false"],
    [0, "0"],
    [-0, "0"],
    [42.0, "42"],
    [-1.5, "-1.5"],
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [-1.25e-9, "-0.00000000125"],
    [5e-324, `0.${"0".repeat(323)}5`],
    [1e21, "1000000000000000000000"],
    [-1.5e300, `-15${"0".repeat(299)}`],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [12345678901234567890n, "12345678901234567890"],
  ])("%s is sent as %s", (given, want) => {
    expect(flat({ Value: given })).toEqual({ Value: want });
  });
});

describe("structure", () => {
  test.each<[what: string, given: object, want: object]>([
    ["arrays are 0-based", { Ids: ["a", "b"] }, { "Ids.0": "a", "Ids.1": "b" }],
    [
      "arrays of objects",
      { Disks: [{ Size: 20, Type: "SSD" }, { Size: 40 }] },
      { "Disks.0.Size": "20", "Disks.0.Type": "SSD", "Disks.1.Size": "40" },
    ],
    ["arrays of arrays", { A: [["x"], ["y", "z"]] }, { "A.0.0": "x", "A.1.0": "y", "A.1.1": "z" }],
    ["null and undefined are left out", { A: null, B: undefined, C: "c" }, { C: "c" }],
    ["an omitted item keeps its index", { N: [null, "z"] }, { "N.1": "z" }],
    ["empty arrays and objects are left out", { L: [], M: {}, N: [{}, []] }, {}],
    ["other properties of an array are not items", { A: Object.assign(["x"], { index: 1 }) }, { "A.0": "x" }],
    ["flat names are kept", { "Disks.0.Size": 20 }, { "Disks.0.Size": "20" }],
    ["objects without a prototype", Object.assign(Object.create(null), { A: 1 }), { A: "1" }],
    [
      "the same object twice is not a cycle",
      (() => ((one) => ({ A: one, B: one }))({ C: 1 }))(),
      { "A.C": "1", "B.C": "1" },
    ],
  ])("%s", (_, given, want) => {
    expect(flat(given)).toEqual(want);
  });

  test("a parameter named __proto__ is sent", () => {
    expect([...flattenParameters(JSON.parse('{"__proto__": "x"}'))]).toEqual([["__proto__", "x"]]);
  });
});

/** Objects nested to a depth. */
function nested(depth: number): object {
  return depth === 0 ? {} : { B: nested(depth - 1) };
}

describe("rejects", () => {
  const cycle: Record<string, unknown> = { Name: "a" };
  cycle.Self = cycle;
  test.each<[what: string, given: object, issues: [path: string, problem: RegExp][]]>([
    ["NaN", { A: Number.NaN }, [["A", /NaN/]]],
    ["infinities", { A: { B: -Infinity } }, [["A.B", /-Infinity/]]],
    ["integers that lost digits", { Id: 2 ** 53 }, [["Id", /2\^53.*string or a bigint/]]],
    ["integers that lost digits, below 1e21", { Id: -1e20 }, [["Id", /2\^53/]]],
    ["dates", { Disks: [{ When: new Date(0) }] }, [["Disks[0].When", /Date/]]],
    ["functions", { A: () => 1 }, [["A", /Function/]]],
    ["symbols", { A: Symbol("a") }, [["A", /Symbol/]]],
    ["maps", { A: new Map() }, [["A", /Map/]]],
    ["bytes", { A: new Uint8Array(2) }, [["A", /Uint8Array/]]],
    ["a lone surrogate", { A: "\ud83d" }, [["A", /surrogate/]]],
    ["a lone surrogate in a name", { "\ud83d": "x" }, [["\ud83d", /surrogate/]]],
    ["a map of parameters", new Map([["A", "x"]]), [["params", /Map/]]],
    ["objects that are nested too deeply", { A: nested(200) }, [[`A${".B".repeat(100)}`, /too deeply/]]],
    ["an object that contains itself", { A: cycle }, [["A.Self", /itself/]]],
    ["one name from two values", { "A.0": "x", A: ["y"] }, [["A[0]", /already/]]],
    [
      "all at once",
      { A: Number.NaN, B: [new Date(0)], C: 1 },
      [
        ["A", /NaN/],
        ["B[0]", /Date/],
      ],
    ],
  ])("%s", (_, given, issues) => {
    let thrown: unknown;
    try {
      flattenParameters(given);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvalidParameterError);
    const got = (thrown as InvalidParameterError).issues;
    expect(got.map(({ path }) => path)).toEqual(issues.map(([path]) => path));
    for (const [index, [path, problem]] of issues.entries()) {
      expect(got[index]?.problem).toMatch(problem);
      expect((thrown as Error).message).toContain(path);
    }
  });
});

test("a number is formatted without an exponent and parses to itself", () => {
  const sendable = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
  fc.assert(
    fc.property(sendable, (value) => {
      const text = flattenParameters({ value }).get("value") ?? "";
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("a query decodes to the same parameters, whatever the characters", () => {
  const name = fc
    .string({ unit: "binary", minLength: 1 })
    .filter((text) => !text.includes(".") && !/\p{Surrogate}/u.test(text));
  const value = fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text));
  fc.assert(
    fc.property(fc.dictionary(name, value), (parameters) => {
      const decoded = new URLSearchParams(serializeParameters(parameters));
      expect([...decoded]).toEqual(Object.entries(parameters));
    }),
  );
});

test("spaces are encoded as %20, which every decoder accepts", () => {
  expect(serializeParameters({ "A B": "x y+z&=" })).toBe("A%20B=x%20y%2Bz%26%3D");
});
