import { describe, expect, test } from "vitest";
import {
  functionName,
  isIdentifier,
  isProductName,
  nameActions,
  typeNameOf,
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
])("the action %s is the function %s", (action, name) => {
  expect(functionName(action)).toBe(name);
});

describe("names of exports", () => {
  test("are those of the action", () => {
    expect(nameActions(["DescribeStack"]).get("DescribeStack")).toEqual({
      function: "describeStack",
      operation: "describeStackOperation",
      validator: "validateDescribeStack",
      example: "describeStackExample",
      params: "DescribeStackParams",
      response: "DescribeStackResponse",
      item: "DescribeStackItem",
    });
  });

  test("get a number if the function of another action has the name", () => {
    const names = nameActions(["DescribeStack", "DescribeStackOperation", "ValidateDescribeStack"]);
    expect(names.get("DescribeStack")).toMatchObject({
      operation: "describeStackOperation2",
      validator: "validateDescribeStack2",
    });
    expect(names.get("DescribeStackOperation")?.function).toBe("describeStackOperation");
    expect(names.get("ValidateDescribeStack")?.function).toBe("validateDescribeStack");
  });

  test("are never those of the runtime", () => {
    expect(nameActions(["Call"]).get("Call")?.response).toBe("CallResponse2");
  });

  test("are unique when a reserved word makes two functions alike", () => {
    const names = nameActions(["Delete", "DeleteAction"]);
    expect([...names.values()].map((own) => own.function)).toEqual(["deleteAction", "deleteAction2"]);
  });
});

test.each([
  ["UMemBackupSet", "UMemBackupSet"],
  ["CreateDisks.Disks", "CreateDisksDisks"],
  ["a-b_c", "AB_c"],
  ["2nd", "Model2nd"],
  ["数据", "Model"],
])("the interface of the model %s is %s", (model, name) => {
  expect(typeNameOf(model)).toBe(name);
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
