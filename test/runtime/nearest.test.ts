import { expect, test } from "vitest";
import { nearest, suggestion } from "../../templates/runtime/nearest.js";
import { isReadOnly, kindOf } from "../../templates/runtime/operation.js";

test.each<[unknown: string, names: string[], maxDifferent: number, want: string]>([
  ["Regoin", ["Zone", "Region"], 2, "Region"],
  ["region", ["Region"], 2, "Region"],
  ["Region", ["REGIONS"], 2, "REGIONS"],
  ["BackupId", ["BackupID", "BackupName"], 2, "BackupID"],
  ["BackupIdx", ["BackupIds", "BackupId"], 2, "BackupIds"],
  ["Sizes", ["Size"], 1, "Size"],
  ["ize", ["Size"], 1, "Size"],
  ["Size", ["Sizable"], 2, ""],
  ["Size", ["Sizable"], 3, "Sizable"],
  ["Sizeable", ["Sizable"], 0, ""],
  ["Sizeable", ["Sizable"], 1, "Sizable"],
  ["abcd", ["abxx"], 2, ""],
  ["abcde", ["abcxx"], 2, "abcxx"],
  ["aa", ["a"], 2, ""],
  ["aaa", ["aa"], 2, "aa"],
  ["Anything", [], 9, ""],
  ["", ["A"], 9, ""],
])("%s is most similar to one of %j, with %d letters different: %j", (unknown, names, maxDifferent, want) => {
  expect(nearest(unknown, names, maxDifferent)).toBe(want);
});

test("a suggestion is a question, or empty", () => {
  expect(suggestion("Regoin", ["Region"])).toBe(" (did you mean Region?)");
  expect(suggestion("Regoin", ["Zone"])).toBe("");
});

test.each<[action: string, reads: boolean]>([
  ["DescribeThing", true],
  ["GetThing", true],
  ["ListThings", true],
  ["CheckThing", true],
  ["QueryThing", true],
  ["Get", true],
  ["Getaway", false],
  ["Listen", false],
  ["CreateThing", false],
  ["ForgetThing", false],
  ["UnDescribe", false],
])("%s only reads: %s", (action, reads) => {
  expect(isReadOnly(action)).toBe(reads);
});

test.each([
  ["string", "string"],
  ["string[]", "array"],
  ["#Disk", "object"],
  ["#Disk[][]", "array"],
  ["#", "object"],
  ["", "json"],
])("the kind of %j is %s", (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});
