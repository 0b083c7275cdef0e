import { describe, expect, test } from "vitest";
import { InvalidParameterError } from "../../templates/runtime/errors.js";
import { oldNames } from "../../templates/runtime/old-names.js";

const context = { action: "DescribeIt", attempts: 0, mayHaveEffect: false };

describe("old names of parameters", () => {
  const { params } = oldNames(
    { "": { renamed: { Data: "Date", constructor: "Builder" }, removed: { toString: "was removed" } } },
    {},
  );

  test("are sent as the current ones", () => {
    expect(params({ Data: 1, Other: 2 }, context)).toEqual({ Date: 1, Other: 2 });
  });

  test("are not those that every object inherits", () => {
    expect(params({ Other: 2 }, context)).toEqual({ Other: 2 });
    expect(params({ constructor: "x" }, context)).toEqual({ Builder: "x" });
  });

  test("are reported together with the current ones, and if there is none", () => {
    expect(() => params({ Data: 1, Date: 2, toString: "x" }, context)).toThrow(InvalidParameterError);
    expect(() => params({ Data: 1, Date: 2, toString: "x" }, context)).toThrow(
      /Date only.*toString was removed/s,
    );
  });
});

describe("old names of a body", () => {
  const { body } = oldNames({}, { "": { renamed: { Old: "New" }, inside: { Next: "" } } });

  test("read the current values, and are in no copy", () => {
    const value = { New: 1, Next: { New: 2 } };
    body(value);
    expect((value as { Old?: unknown }).Old).toBe(1);
    expect((value.Next as { Old?: unknown }).Old).toBe(2);
    expect(JSON.stringify(value)).toBe('{"New":1,"Next":{"New":2}}');
  });

  test("are left out where a body is nested deeper than the stack", () => {
    const deep = JSON.parse(`${'{"Next":'.repeat(50_000)}{}${"}".repeat(50_000)}`) as object;
    const list = JSON.parse(`{"Next":${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as object;
    for (const value of [deep, list]) expect(() => body(value)).not.toThrow();
  });
});
