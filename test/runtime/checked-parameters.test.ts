import { describe, expect, test } from "vitest";
import { queryOf, serializeParameters, tryFlatten } from "../../templates/runtime/parameters.js";
import { check, operation, required } from "../support/checked.js";

test("the action is the first parameter, and an index begins at 0", () => {
  const { flat, issues } = tryFlatten(required, operation);
  expect(issues).toEqual([]);
  expect([...flat]).toEqual([
    ["Action", "CreateThing"],
    ["Region", "cn-zj"],
    ["Tags.0", "a"],
    ["Main.Size", "1"],
  ]);
});

describe("a value of the type of its parameter is sent", () => {
  test.each<[what: string, given: object, flat: object]>([
    ["a negative integer as a string", { Count: "-12" }, { Count: "-12" }],
    ["an integer as a string of digits", { Count: "900719925474099299" }, { Count: "900719925474099299" }],
    ["a bigint as an integer", { Count: -5n }, { Count: "-5" }],
    ["a bigint as a number", { Ratio: 5n }, { Ratio: "5" }],
    ["an integer as a number", { Ratio: 5 }, { Ratio: "5" }],
    ["a fraction as a number", { Ratio: -0.5 }, { Ratio: "-0.5" }],
    ["digits as a number", { Ratio: "5" }, { Ratio: "5" }],
    ["an enum of strings or numbers", { Mode: 5 }, { Mode: "5" }],
    ["a string as an enum", { Mode: "a" }, { Mode: "a" }],
    ["a boolean", { Dry: false }, { Dry: "false" }],
    ["bytes as base64", { Data: new Uint8Array([0, 255]) }, { Data: "AP8=" }],
    ["a string as base64, by its UTF-8 bytes", { Data: "é" }, { Data: "w6k=" }],
    ["an empty string as base64", { Data: "" }, { Data: "" }],
    ["any value as any", { Any: [{ A: true, B: 5n }] }, { "Any.0.A": "true", "Any.0.B": "5" }],
    [
      "lists in lists",
      { Matrix: [[{ Size: 1 }], [{ Size: 2 }, { Size: 3 }]] },
      { "Matrix.0.0.Size": "1", "Matrix.1.0.Size": "2", "Matrix.1.1.Size": "3" },
    ],
  ])("%s", (_, given, flat) => {
    expect(check(given)).toEqual({ flat, issues: [] });
  });
});

describe("a value of another type is an issue", () => {
  test.each<[what: string, given: object, issue: string]>([
    ["a fraction as an integer", { Count: 1.5 }, "Count (Number) cannot be sent as integer"],
    ["text as an integer", { Count: "1a" }, "Count (String) cannot be sent as integer"],
    ["text before digits as an integer", { Count: "a1" }, "Count (String) cannot be sent as integer"],
    ["an empty string as an integer", { Count: "" }, "Count (String) cannot be sent as integer"],
    ["NaN as a number", { Ratio: Number.NaN }, "Ratio (NaN) cannot be sent as number"],
    ["NaN as any", { Any: Number.NaN }, "Any (NaN) cannot be sent"],
    ["a function as any", { Any: () => 1 }, "Any (Function) cannot be sent"],
    ["a boolean as a string", { Ids: [true] }, "Ids[0] (Boolean) cannot be sent as string"],
    ["a number as a string", { Ids: ["a", 5] }, "Ids[1] (Number) cannot be sent as string"],
    ["a boolean as an enum", { Mode: true }, "Mode (Boolean) cannot be sent as enum"],
    ["a bigint as an enum", { Mode: 5n }, "Mode (BigInt) cannot be sent as enum"],
    ["a string as a boolean", { Dry: "true" }, "Dry (String) cannot be sent as boolean"],
    ["a list as an object", { Disk: [] }, "Disk (Array) cannot be sent as object"],
    ["an object as a list", { Disks: { Size: 1 } }, "Disks (Object) cannot be sent as array"],
    ["a string as a list", { Ids: "a" }, "Ids (String) cannot be sent as array"],
    ["bytes as a string", { Ids: [new Uint8Array(1)] }, "Ids[0] (Uint8Array) cannot be sent as string"],
    ["a number as base64", { Data: 5 }, "Data (Number) cannot be sent as base64"],
    ["an object of a class as an object", { Disk: new Map() }, "Disk (Map) cannot be sent as object"],
    [
      "an item in a list of lists",
      { Matrix: [[{ Size: 1 }, { Size: 0.5 }]] },
      "Matrix[0][1].Size (Number) cannot be sent as integer",
    ],
    [
      "the eleventh of a list",
      { Ids: [..."abcdefghij", true] },
      "Ids[10] (Boolean) cannot be sent as string",
    ],
    [
      "an object without a class as a string",
      { Ids: [Object.create(null)] },
      "Ids[0] (undefined) cannot be sent as string",
    ],
    ["a list in a flat name", { "Ids.0": "a", Ids: ["b"] }, "Ids[0] is already set"],
    [
      "an integer that lost digits",
      { Any: 2 ** 53 },
      "Any is beyond 2^53 and has lost digits: pass a string or a bigint",
    ],
    ["half of a character", { Ids: ["\ud83d"] }, "Ids[0] contains a lone surrogate"],
  ])("%s", (_, given, issue) => {
    expect(check(given).issues).toEqual([issue]);
  });
});

test("a value at a depth of 100 is sent, and one below it is not", () => {
  const nested = (depth: number): object => (depth === 1 ? { A: 1 } : { A: nested(depth - 1) });
  expect(tryFlatten(nested(100)).issues).toEqual([]);
  expect(tryFlatten(nested(101)).issues).toMatchObject([
    { problem: "is nested too deeply, or contains itself" },
  ]);
});

test("an object from another realm is an object", () => {
  const foreign = Object.create(Object.create(null), { A: { value: 1, enumerable: true } });
  expect([...tryFlatten(foreign).flat]).toEqual([["A", "1"]]);
});

test("a query has parameters in order, and none before the first", () => {
  expect(queryOf(new Map())).toBe("");
  expect(
    serializeParameters(
      new Map([
        ["b", "1"],
        ["a", "&"],
      ]),
    ),
  ).toBe("b=1&a=%26");
  expect(serializeParameters({ b: [1, 2] })).toBe("b.0=1&b.1=2");
});
