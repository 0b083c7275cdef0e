import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { InputError } from "../../scripts/diagnostic.js";
import { generated } from "../support/generated.js";
import { pathsOf, replaceAt, someValues } from "../support/mutation.js";
import { documentPath, specFolder } from "../support/spec-folder.js";

test("generates from any document, or reports its errors", async () => {
  const document = await readFile(join("spec", documentPath), "utf8");
  const paths = pathsOf(parse(document));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), someValues, async (path, value) => {
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
    { numRuns: 60 },
  );
}, 120_000);
