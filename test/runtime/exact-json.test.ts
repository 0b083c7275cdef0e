import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExactly, quoteLargeIntegers, toJson } from "../../templates/runtime/exact-json.js";

describe("parseExactly", () => {
  test.each<[json: string, value: unknown]>([
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9007199254740993", -9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["[9007199254740993.0, -9007199254740993.00]", [9007199254740993n, -9007199254740993n]],
    [
      "[[[12345678901234567890]], [[1, -12345678901234567890]]]",
      [[[12345678901234567890n]], [[1, -12345678901234567890n]]],
    ],
    [
      '{"a": {"b": [9007199254740993, "9007199254740993"]}}',
      { a: { b: [9007199254740993n, "9007199254740993"] } },
    ],
    ['{"a":9007199254740993,"a":1}', { a: 1 }],
    ['{"a":1,"a":9007199254740993}', { a: 9007199254740993n }],
    ['{"9007199254740993":9007199254740993}', { "9007199254740993": 9007199254740993n }],
    ['["\\": 9007199254740993", "\\\\", 9007199254740993]', ['": 9007199254740993', "\\", 9007199254740993n]],
    [
      "[0.12345678901234567890, 9007199254740993.5, 9007199254740993.01, 9007199254740993.0e1, 1.0e20, 9007199254740993e3, 1E+0000000000000001]",
      undefined,
    ],
  ])("%s", (json, value) => {
    expect(parseExactly(json)).toEqual(value ?? JSON.parse(json));
  });

  test("a member named __proto__ is a member", () => {
    const value = parseExactly(
      '{"__proto__": 9007199254740993, "a": {"__proto__": {"b": 9007199254740993}}}',
    );
    expect(toJson(value)).toBe('{"__proto__":"9007199254740993","a":{"__proto__":{"b":"9007199254740993"}}}');
    expect(({} as { b?: unknown }).b).toBeUndefined();
  });

  test.each(["", "9007199254740993 1", "{9007199254740993}", "09007199254740993", "[9007199254740993"])(
    "rejects what is not JSON: %j",
    (text) => expect(() => parseExactly(text)).toThrow(SyntaxError),
  );

  test("returns what JSON.parse does, but every integer with its digits", () => {
    const large = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    const leaf = fc.oneof(
      large,
      fc.integer(),
      fc.double({ noInteger: true }),
      fc.string(),
      fc.constantFrom(true, null, '"', "\\"),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree")), fc.dictionary(fc.string(), tie("tree"))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const written = JSON.stringify(value, (_, item) =>
          typeof item === "bigint" ? `\uE000${item}\uE000` : item,
        );
        const json = written.replace(/"\uE000(-?\d+)\uE000"/g, "$1");
        const isLarge = (item: bigint) => !Number.isSafeInteger(Number(item));
        const expected = (as: (item: bigint) => unknown) =>
          JSON.parse(written, (_, item) => {
            const [, digits] = (typeof item === "string" && /^\uE000(-?\d+)\uE000$/.exec(item)) || [];
            if (digits === undefined) return item;
            return isLarge(BigInt(digits)) ? as(BigInt(digits)) : Number(digits);
          });
        expect(parseExactly(json)).toEqual(expected((item) => item));
        expect(parseExactly(json, "string")).toEqual(expected(String));
        expect(JSON.parse(quoteLargeIntegers(json))).toEqual(expected(String));
      }),
    );
  });

  test("hostile sizes are parsed: deep, long strings, many escapes, a million digits", () => {
    const deep = (inner: string, depth = 200_000) => `${"[".repeat(depth)}${inner}${"]".repeat(depth)}`;
    let value = parseExactly(deep("9007199254740993"));
    while (Array.isArray(value)) [value] = value;
    expect(value).toBe(9007199254740993n);
    const text = JSON.stringify(["a".repeat(5_000_000), '"\\'.repeat(2_000_000), "1".repeat(1_000_000)]);
    expect(parseExactly(`[${text}, 9007199254740993]`)).toEqual([JSON.parse(text), 9007199254740993n]);
    expect(parseExactly(`[${"9".repeat(1_000_000)}]`)).toEqual(["9".repeat(1_000_000)]);
  });
});
