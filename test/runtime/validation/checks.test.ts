import { describe, expect, test } from "vitest";
import {
  anyOf,
  array,
  boolean,
  type Check,
  integer,
  listed,
  literal,
  map,
  nullable,
  object,
  string,
  uri,
  violationsOf,
} from "../../../templates/runtime/validation.js";

describe("a body beyond the limits", () => {
  test("is not checked at any depth", () => {
    const model: Check = object([], () => ({ Next: model, List: array(model) }));
    let body: object = {};
    for (let depth = 0; depth < 100_000; depth++) body = { Next: body };
    const found = violationsOf(model, body);
    expect(found).toHaveLength(1);
    expect(found[0]?.problem).toBe("is nested too deeply to be checked");
  });

  test("is not reported violation by violation", () => {
    const found = violationsOf(array(string), Array(5_000).fill(0));
    expect(found).toHaveLength(101);
    expect(found[1]).toEqual({ path: "[1]", problem: "must be of type string, and is of type integer" });
    expect(found[100]).toEqual({ path: "the body", problem: "has 4900 more violations" });
  });

  test("that is not an object is reported", () => {
    const model = object(["A"], () => ({ A: integer }));
    expect(violationsOf(model, [])).toEqual([
      { path: "the body", problem: "must be of type object, and is of type array" },
    ]);
  });
});

describe("a union", () => {
  const red = object(["red"], () => ({ red: integer }));
  const blue = object(["blue", "size"], () => ({ blue: string, size: integer }));
  test.each<[what: string, check: Check, value: unknown, found: object[]]>([
    ["accepts a value of any member", anyOf(red, blue), { red: 1 }, []],
    ["accepts a value of another member", anyOf(red, blue), { blue: "b", size: 1 }, []],
    ["accepts null if it is nullable", nullable(anyOf(string, integer)), null, []],
    [
      "reports every type that it accepts",
      anyOf(string, array(string), boolean),
      7,
      [
        {
          path: "the body",
          problem: "must be of type string or of type array or of type boolean, and is of type integer",
        },
      ],
    ],
    [
      "reports formats and values that it accepts",
      anyOf(anyOf(uri, literal("none")), integer),
      "n",
      [{ path: "the body", problem: 'must be a URI or "none" or of type integer, and is of type string' }],
    ],
    [
      "reports the problems of the closest member",
      anyOf(string, blue, red),
      { red: "r" },
      [{ path: "red", problem: "must be of type integer, and is of type string" }],
    ],
  ])("%s", (_, check, value, found) => {
    expect(violationsOf(check, value)).toEqual(found);
  });

  test("reports unknown fields and values only if no member has them", () => {
    const options = { unknownFields: true, unlistedValues: true };
    const shape = anyOf(
      red,
      object(["kind"], () => ({ kind: listed(string, "a") })),
    );
    expect(violationsOf(shape, { kind: "a" }, options)).toEqual([]);
    expect(violationsOf(shape, { kind: "b" }, options)).toEqual([
      { path: "kind", problem: 'must be one of "a"' },
    ]);
    expect(violationsOf(shape, { red: 1, kind: 1 }, options)).toEqual([
      { path: "kind", problem: "is not a field of the specification" },
    ]);
  });

  test("that contains itself takes no time for a body that is nested deeply", () => {
    const left: Check = object(["left"], () => ({ next: either }));
    const right: Check = object(["right"], () => ({ next: either }));
    const either = anyOf(left, right);
    let body: object = {};
    for (let depth = 0; depth < 200; depth++) body = { left: 1, right: 1, next: body };
    const start = performance.now();
    violationsOf(either, body);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("a map", () => {
  test("accepts any field, and checks its value", () => {
    const check = map(nullable(integer));
    expect(violationsOf(check, { a: 1, "b c": null }, { unknownFields: true })).toEqual([]);
    expect(violationsOf(check, { a: 1, "b c": "x" })).toEqual([
      { path: '["b c"]', problem: "must be of type integer, and is of type string" },
    ]);
    expect(violationsOf(check, [1])).toEqual([
      { path: "the body", problem: "must be of type object, and is of type array" },
    ]);
  });

  test("is what an object with other fields of a known type is too", () => {
    const check = object(
      ["id"],
      () => ({ id: string }),
      () => integer,
    );
    expect(violationsOf(check, { id: "a", other: 1 }, { unknownFields: true })).toEqual([]);
    expect(violationsOf(check, { id: "a", other: "b" })).toHaveLength(1);
  });
});
