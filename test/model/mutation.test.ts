import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { InputError } from "../../scripts/diagnostic.js";
import { generated } from "../support/generated.js";
import { documentPath, specFolder } from "../support/spec-folder.js";

type Path = (string | number)[];

/** Paths of every value in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function replaceAt(root: unknown, path: Path, value: unknown): void {
  const last = path.at(-1) ?? "";
  let parent = root;
  for (const key of path.slice(0, -1)) parent = (parent as Record<string | number, unknown>)[key];
  (parent as Record<string | number, unknown>)[last] = value;
}

test("whatever stands in a document, it is generated from or its faults are told", async () => {
  const document = await readFile(join("spec", documentPath), "utf8");
  const paths = pathsOf(parse(document));
  const values = fc.constantFrom<unknown>(
    null,
    true,
    5,
    -1.5,
    "",
    "x",
    "*/",
    [],
    [null],
    ["x"],
    {},
    { $ref: "#/paths" },
    { $ref: 5 },
    { $ref: "x" },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), values, async (path, value) => {
      const folder = await specFolder();
      const root = parse(document);
      replaceAt(root, path, value);
      await writeFile(join(folder, documentPath), stringify(root));
      const error = await generated(folder).catch((thrown: unknown) => thrown);
      if (error instanceof Map) return;
      expect(error).toBeInstanceOf(InputError);
      for (const { file, message, help } of (error as InputError).diagnostics) {
        expect([file, message, help].every((text) => text !== "")).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);
