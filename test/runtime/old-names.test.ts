import { describe, expect, test } from "vitest";
import { InvalidParameterError } from "../../templates/runtime/errors.js";
import { oldNames } from "../../templates/runtime/old-names.js";
import { tryFlatten } from "../../templates/runtime/parameters.js";

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

describe("old names of parameters in objects", () => {
  const { params } = oldNames(
    {
      "": { renamed: { constructor: "toString" }, inside: { Kids: "Kid", "*": "Kid", Plain: "" } },
      Kid: { renamed: { Old: "New" }, inside: { Kids: "Kid" } },
    },
    {},
  );

  test("are found in fields that the model does not list, too", () => {
    const passed = { Kids: [{ Old: 1 }], Plain: { Old: 2 }, "*": { Old: 3 }, Other: { Old: 4 } };
    const sent = { Kids: [{ New: 1 }], Plain: { Old: 2 }, "*": { New: 3 }, Other: { New: 4 } };
    expect(params(passed, context)).toEqual(sent);
  });

  test("are found in an object with a class, whose own properties are sent", () => {
    class Passed {
      Kids = [{ Old: 1 }];
    }
    expect(params(new Passed(), context)).toEqual({ Kids: [{ New: 1 }] });
  });

  test("are sent though every object inherits the current one", () => {
    expect(params({ constructor: "x" }, context)).toEqual({ toString: "x" });
  });

  test("leave it to other checks that an object contains itself", () => {
    const kid: Record<string, unknown> = { Old: 1 };
    kid.Kids = [kid, kid];
    const sent = params({ Kids: [kid] }, context);
    expect(sent).toMatchObject({ Kids: [{ New: 1 }] });
    expect(tryFlatten(sent).issues[0]?.problem).toBe("is nested too deeply, or contains itself");
  });
});

describe("old names of a body", () => {
  const { body } = oldNames(
    {},
    {
      "": { renamed: { Old: "New" }, inside: { Next: "Next" } },
      Next: { renamed: { Old: "New", Any: "toString" }, inside: { Next: "Next", ["__proto__"]: "Next" } },
    },
  );

  test("read the current values, and are in no copy", () => {
    const value = { New: 1, Next: { New: 2 } };
    body(value);
    expect((value as { Old?: unknown }).Old).toBe(1);
    expect((value.Next as { Old?: unknown }).Old).toBe(2);
    expect(JSON.stringify(value)).toBe('{"New":1,"Next":{"New":2}}');
  });

  test("can be assigned, which is what their types say", () => {
    const value: { New: number; Old?: number } = { New: 1 };
    body(value);
    value.Old = 2;
    expect([value.Old, JSON.stringify(value)]).toEqual([2, '{"New":2}']);
  });

  test("are those of the body alone", () => {
    const value = { Next: {} as { Any?: unknown } };
    body(value);
    expect(value.Next.Any).toBeUndefined();
    expect(Object.keys(Object.getOwnPropertyDescriptors(Object.prototype))).not.toContain("Any");
  });

  test("are left out where a body is nested deeper than the stack", () => {
    const deep = JSON.parse(`${'{"Next":'.repeat(50_000)}{}${"}".repeat(50_000)}`) as object;
    const list = JSON.parse(`{"Next":${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as object;
    for (const value of [deep, list]) expect(() => body(value)).not.toThrow();
  });
});
