import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { documentHash, isEdited, withHash } from "../../scripts/transcribe/existing/hash.js";

const document = {
  openapi: "3.1.0",
  paths: { "/": { get: { parameters: [{ name: "B", required: true }, { name: "A" }], tags: ["b", "a"] } } },
  "x-actiongen-source": { page: "a.md", line: 1, parameters: { A: 2 }, schemas: {} },
};

test("the hash is that of the JSON with sorted keys and parameters, without the source", () => {
  const json =
    '{"openapi":"3.1.0","paths":{"/":{"get":{"parameters":[{"name":"A"},{"name":"B","required":true}],"tags":["b","a"]}}}}';
  const expected = createHash("sha256").update(json).digest("hex").slice(0, 16);
  expect(documentHash(document)).toBe(expected);
  // Documents that were written by an earlier version contain it.
  expect(expected).toBe("6b6362c45fb7304d");
});

describe("a document with its hash", () => {
  const hashed = withHash(document);
  const edited = (change: (copy: typeof document) => void) => {
    const copy = structuredClone(hashed) as typeof document;
    change(copy);
    return copy;
  };

  test.each<[what: string, copy: object]>([
    ["as it was written", hashed],
    ["with its keys in another order", Object.fromEntries(Object.entries(hashed).reverse())],
    ["with its parameters in another order", edited(({ paths }) => void paths["/"].get.parameters.reverse())],
    [
      "with other lines",
      edited((copy) => {
        copy["x-actiongen-source"].line = 7;
      }),
    ],
    ["without a hash", document],
  ])("%s was not edited", (_, copy) => {
    expect(isEdited({ ...copy })).toBe(false);
  });

  test.each<[what: string, copy: object]>([
    [
      "another value",
      edited((copy) => {
        copy.openapi = "3.1.1";
      }),
    ],
    [
      "another value of a parameter",
      edited(({ paths }) => {
        paths["/"].get.parameters[0] = { name: "B" };
      }),
    ],
    ["a list in another order", edited(({ paths }) => void paths["/"].get.tags.reverse())],
    ["one more key", { ...hashed, "x-mine": null }],
    ["one key less", edited((copy) => void Reflect.deleteProperty(copy, "openapi"))],
  ])("and %s was edited", (_, copy) => {
    expect(isEdited({ ...copy })).toBe(true);
  });
});
