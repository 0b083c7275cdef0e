import { expect, test } from "vitest";
import { checkedLimits, isCheckable } from "../../scripts/model/pattern.js";

test.each([
  "",
  "b",
  "^pot-",
  "😀",
  "^a$",
  "^a+$",
  "\\d",
  "^[a-z][a-z0-9-]{0,62}$",
  "^-?\\d{1,3}%?x*$",
  "^\\p{Lu}{2,3}-\\d*$",
  "^(?:cn|us|eu)-[a-z]{2,4}$",
  "^(?<year>\\d{4})-\\d{2}-\\d{2}$",
  "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
  "^(ab)+$",
  "^\\(a\\|b\\)+$",
  "^[(a|b)*+?]+$",
  "^.*?x$",
])("a value is checked for %j", (pattern) => {
  expect(isCheckable(pattern)).toBe(true);
});

test.each([
  ["is not valid", "("],
  ["is not valid in JavaScript", "a{,2}"],
  ["is not valid with the flag u", "\\-{"],
  ["is not valid for RE2", "(?<=a)b"],
  ["is not valid for RE2, since it refers to a group", "^(a)\\1$"],
  ["repeats a quantifier", "^(a+)+$"],
  ["repeats a quantifier in a group of its own", "^((a+))*$"],
  ["repeats a quantifier in a group with a name", "^(?<x>a*)*$"],
  ["repeats an optional part", "^(?:a?){40}$"],
  ["repeats an alternation", "^(a|a)*$"],
  ["repeats an alternation after other parts", "^(?:(?:x(a|b)y))*$"],
  ["has many alternations", `^${"(a|a)".repeat(30)}$`],
  ["has many optional parts", `^${"a?".repeat(30)}$`],
  ["has two unbounded parts", "^a*a*$"],
  ["has an unbounded part anywhere in a string", "a+$"],
  ["has an unbounded part anywhere in a string, by an alternation", "^b|a+$"],
  ["has large counts", `${"x{1000}".repeat(20)}y`],
  ["has counts of counts", "^(x{1000}){1000}$"],
  ["is very long", "a".repeat(5000)],
  ["is very deep", `${"(".repeat(3000)}${")".repeat(3000)}`],
])("no value is checked for a pattern that %s", (_, pattern) => {
  expect(isCheckable(pattern)).toBe(false);
});

test.each(["x", "a", "ab", "aaaa-", "0"])("a pattern that is checked ends in time for many %j", (part) => {
  const string = `${part.repeat(100_000)}!`;
  const patterns = ["^a+$", "^(ab)+$", "^.*?x$", "[ab]{1,20}x", "^\\d{1,20}.*$", "^[a-z]{2,5}-.+x$"];
  expect(patterns.filter((pattern) => !isCheckable(pattern))).toEqual([]);
  expect(patterns.map((pattern) => typeof new RegExp(pattern, "u").test(string))).not.toContain("string");
});

test("other limits are always checked", () => {
  expect(checkedLimits({ minLength: 1, pattern: "^(a+)+$" })).toEqual({ minLength: 1 });
  expect(checkedLimits({ minLength: 1, pattern: "^a" })).toEqual({ minLength: 1, pattern: "^a" });
});
