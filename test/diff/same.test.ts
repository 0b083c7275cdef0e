import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compareModels } from "../../scripts/diff/compare.js";
import { load } from "../../scripts/load.js";
import { isObject } from "../../scripts/openapi/pointer.js";
import { temporaryFolder } from "../support/spec-folder.js";

const golden = await readdir("test/golden", { withFileTypes: true });
const folders = [
  "spec",
  "test/data/spec",
  ...golden.filter((entry) => entry.isDirectory()).map(({ name }) => `test/golden/${name}/spec`),
];

type Json = Record<string, unknown>;

/** The same document in another layout: other names and places of schemas, another order of keys, as JSON. */
function otherLayout(document: Json): Json {
  const components = document.components as { schemas: Record<string, Json> } & Json;
  const hoisted: Record<string, Json> = {};
  const visit = (node: unknown, key = ""): unknown => {
    if (Array.isArray(node)) return node.map((item) => visit(item));
    if (!isObject(node))
      return key === "$ref" ? String(node).replace("#/components/schemas/", "$&Other") : node;
    // The order of parameters and fields is that of the generated ones.
    const entries = Object.entries(node).map(([name, value]) => [name, visit(value, name)] as const);
    const result = Object.fromEntries(key === "properties" ? entries : entries.reverse());
    if (key !== "properties" || !isObject(result)) return result;
    for (const [name, value] of Object.entries(result as Record<string, Json>)) {
      if (value.type !== "object" || value.$ref !== undefined) continue;
      const own = `Hoisted${Object.keys(hoisted).length}`;
      hoisted[own] = value;
      (result as Json)[name] = { $ref: `#/components/schemas/${own}` };
    }
    return result;
  };
  const { schemas, ...others } = visit(components) as { schemas: Record<string, Json> };
  const renamed = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`Other${name}`, schema]),
  );
  const { components: _, ...rest } = document;
  return { components: { schemas: { ...renamed, ...hoisted }, ...others }, ...(visit(rest) as Json) };
}

describe.each(folders)("%s", (folder) => {
  test("compared with itself has no changes", async () => {
    expect(compareModels(await load(folder), await load(folder))).toEqual([]);
  });

  test("has no changes in another layout", async () => {
    const other = await temporaryFolder();
    await cp(folder, other, { recursive: true });
    for (const path of await readdir(other, { recursive: true })) {
      if (!path.endsWith(".openapi.yaml")) continue;
      const file = join(other, path);
      const document = otherLayout(parse(await readFile(file, "utf8")));
      await rm(file);
      await writeFile(file.replace(/\.yaml$/, ".json"), JSON.stringify(document));
    }
    const changes = compareModels(await load(folder), await load(other));
    // A type of known values is exported by the name of the schema that lists them.
    const others = changes.filter(({ rule }) => rule !== "action-known-values-renamed");
    expect(
      others.map(({ action, rule, path, before, after }) => [action, rule, path, before, after]),
    ).toEqual([]);
  });
});
