import { describe, expect, test } from "vitest";
import { tryFlatten } from "../../templates/runtime/parameters.js";
import { check } from "../support/checked.js";

describe("a required parameter", () => {
  test.each<[what: string, given: object, issues: string[]]>([
    [
      "is missing if it is undefined or null",
      { Region: undefined, Tags: null },
      ["Region is required", "Tags is required"],
    ],
    ["is missing if it is an empty list", { Tags: [] }, ["Tags is required"]],
    ["is missing if all items of a list are", { Tags: [null] }, ["Tags is required"]],
    [
      "is missing if it is an empty object, as is its field",
      { Main: {} },
      ["Main.Size is required", "Main is required"],
    ],
    ["is not missing if it is an empty string", { Region: "" }, []],
    [
      "is missing in an item of a list",
      { Disks: [{ Size: 1 }, { Type: "a" }] },
      ["Disks[1].Size is required"],
    ],
    ["is present as flat names", { Tags: undefined, "Tags.0": "a", Main: undefined, "Main.Size": 5 }, []],
    ["is not missing if its value is wrong", { Region: 5 }, ["Region (Number) cannot be sent as string"]],
  ])("%s", (_, given, issues) => {
    expect(check(given).issues).toEqual(issues);
  });

  test("that an option sets names the option, and another does not", () => {
    const { issues } = check(
      { Region: undefined, Main: { Type: "a" } },
      { zone: "Zone", region: "Region", size: "Size" },
    );
    expect(issues).toEqual([
      "Main.Size is required",
      'Region is required: pass it, or set the "region" option of the client or the call',
    ]);
  });
});

describe("an unknown parameter", () => {
  test.each<[what: string, given: object, issues: string[]]>([
    [
      "is an issue if it is misspelt",
      { Cuont: 1 },
      ["Cuont is unknown (did you mean Count?): otherwise pass it in the option extraParams"],
    ],
    [
      "is an issue in an object",
      { Disk: { Size: 1, Typ: "a" } },
      ["Disk.Typ is unknown (did you mean Type?): otherwise pass it in the option extraParams"],
    ],
    [
      "is an issue once as flat names",
      { "Cuont.0": 1 },
      ["Cuont is unknown (did you mean Count?): otherwise pass it in the option extraParams"],
    ],
    ["is sent if it is like no other", { Something: 1 }, []],
    ["is no issue if it is not set", { Cuont: undefined }, []],
    ["is no issue inside of any value", { Any: { Cuont: 1 } }, []],
  ])("%s", (_, given, issues) => {
    expect(check(given).issues).toEqual(issues);
  });

  test("may have the name of a method of every object", () => {
    expect(check({ toString: "a", constructor: "b" })).toEqual({
      flat: { toString: "a", constructor: "b" },
      issues: [],
    });
  });
});

describe("reserved names", () => {
  test.each(["Action", "PublicKey", "Signature", "SecurityToken"])("%s is refused", (name) => {
    expect(check({ [name]: "a" }).issues).toEqual([`${name} is already set`]);
    expect(check({}, {}, { [name]: "a" }).issues).toEqual([`${name} is already set`]);
  });

  test("are not reserved in an object, or without a description of the action", () => {
    expect(check({ Any: { Signature: "a" } }).flat).toEqual({ "Any.Signature": "a" });
    expect([...tryFlatten({ Signature: "a" }).flat]).toEqual([["Signature", "a"]]);
  });
});

describe("extra parameters", () => {
  test("are sent as they are, in any type and with any name", () => {
    const extra = { Cuont: [1, "a"], Deep: { Size: "x" } };
    expect(check({}, {}, extra)).toEqual({
      flat: { "Cuont.0": "1", "Cuont.1": "a", "Deep.Size": "x" },
      issues: [],
    });
  });

  test("do not replace a parameter", () => {
    expect(check({ Count: 1 }, {}, { Count: 2 })).toEqual({
      flat: { Count: "1" },
      issues: ["Count is already set"],
    });
  });
});
