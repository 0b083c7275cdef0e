import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { ActionNames } from "../../scripts/model/api-model.js";
import {
  exportedNames,
  freeName,
  functionName,
  isActionName,
  isHelperName,
  isIdentifier,
  isProductName,
  nameActions,
  packageName,
  reservedTypeNames,
  reservedTypes,
  typeNameOf,
  waitParamsName,
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
  ["CreateLogger", "createLoggerAction"],
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

  test("are never those that the index exports besides", async () => {
    const index = await readFile("templates/client/index.ts.hbs", "utf8");
    const fixed = index.slice(index.indexOf("{{/each}}\nexport { type Client"));
    const names = [...fixed.matchAll(/(?<=[{,]\s+)(?:type )?(\w+)(?=,|\s*\})/g)].map(([, name = ""]) => name);
    expect(names).toContain("createLogger");
    expect(names.filter((name) => !exportedNames([]).has(name))).toEqual([]);
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
  [".a..b-", "AB"],
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
    ["vpc2.10", true],
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

test.each([
  ["DescribePot", true],
  ["con", false],
  ["NUL", false],
  ["Com1", false],
  ["Console", true],
  ["a-b", false],
  ["a".repeat(100), true],
])("%s as an action: %s", (name, is) => {
  expect(isActionName(name)).toBe(is);
});

test.each([
  ["waitUntilDone", true],
  ["WaitUntilDone", false],
  ["_wait", false],
  ["aA", true],
  ["waitFor", false],
  ["delete", false],
  ["downloadLinks", false],
  ["a b", false],
])("%s as a function that downloads or waits: %s", (name, is) => {
  expect(isHelperName(name)).toBe(is);
});

test("a third export of the same name gets the next number", () => {
  const taken = new Set<string>();
  const names = Array.from({ length: 4 }, () => freeName("Pot", taken));
  expect(names).toEqual(["Pot", "Pot2", "Pot3", "Pot4"]);
});

test("the interface of a model has no name that the module of its action has", () => {
  const names = nameActions(["ListPots"]).get("ListPots") as ActionNames;
  const wait = { function: "waitUntilDone", items: "", id: "", state: "", done: [], failed: [] };
  expect(waitParamsName(wait.function)).toBe("WaitUntilDoneParams");
  const own = ["ListPotsParams", "ListPotsResponse", "ListPotsItem"];
  expect(reservedTypeNames(names)).toEqual([...reservedTypes, ...own]);
  expect(reservedTypeNames(names, wait)).toEqual([...reservedTypes, ...own, "WaitUntilDoneParams"]);
});

test("a package has its scope", () => {
  expect(packageName("@kitchen", "pots")).toBe("@kitchen/pots");
});
