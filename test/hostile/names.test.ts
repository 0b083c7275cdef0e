import { expect, test } from "vitest";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { generated } from "../support/generated.js";

const names = Object.getOwnPropertyNames(Object.prototype);

test("fields and schemas named like members of every object keep their names", async () => {
  const string = { type: "string" };
  const folder = await folderOf("test/golden/shapes/spec", {
    "store/A.openapi.yaml": actionDocument("A", {
      response: {
        ...Object.fromEntries(names.map((name) => [name, string])),
        Model: { $ref: "#/components/schemas/constructor" },
      },
      schemas: {
        constructor: { type: "object", required: ["toString"], properties: { toString: string } },
      },
    }),
  });
  const files = await generated(folder);
  const types = files.get("packages/store/src/openapi-fetch-paths.ts") ?? "";
  const client = files.get("packages/store/src/actions/A.ts") ?? "";
  for (const name of names) {
    expect(types).toMatch(new RegExp(`^\\s*(?:"${name}"|${name})\\?: string;$`, "m"));
    expect(client).toMatch(new RegExp(`^\\s*(?:\\["${name}"\\]|${name})\\?: string;$`, "m"));
  }
  expect(types).toMatch(/Model\?: components\["schemas"\]\["constructor"\];/);
  expect(types).toMatch(/"?constructor"?: \{\s*"?toString"?: string;/);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
