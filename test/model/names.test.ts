import { describe, expect, test } from "vitest";
import {
  functionName,
  isIdentifier,
  isProductName,
  parametersTypeName,
  responseTypeName,
} from "../../scripts/model/names.js";

test.each([
  ["DescribeUMemBackupURL", "describeUMemBackupURL"],
  ["URLGet", "uRLGet"],
  ["Delete", "deleteAction"],
  ["Await", "awaitAction"],
  ["Call", "callAction"],
  ["Then", "thenAction"],
  ["CreateClient", "createClientAction"],
  ["Settings", "settingsAction"],
  ["Exports", "exportsAction"],
  ["PagedCall", "pagedCallAction"],
])("the action %s is the function %s", (action, name) => {
  expect(functionName(action)).toBe(name);
});

test("no type of an action is one of the runtime", () => {
  expect(parametersTypeName("Describe")).toBe("DescribeParams");
  expect(responseTypeName("Call")).not.toBe("CallResponse");
});

describe("names of the specification", () => {
  test.each([
    ["Region", true],
    ["_a1", true],
    ["", false],
    ["1a", false],
    ["a-b", false],
    ["a.b", false],
    ["é", false],
    ["a b", false],
    ["a\n", false],
    ["__proto__", false],
    ["a".repeat(101), false],
  ])("%j as an identifier: %s", (name, is) => {
    expect(isIdentifier(name)).toBe(is);
  });

  test.each([
    ["umem", true],
    ["u-host2", true],
    ["vpc2.0", true],
    ["vpc.", false],
    ["vpc..2", false],
    ["core", false],
    ["UMem", false],
    ["2u", false],
    ["..", false],
    ["a/b", false],
    ["constructor", true],
  ])("%j as a product: %s", (name, is) => {
    expect(isProductName(name)).toBe(is);
  });
});
