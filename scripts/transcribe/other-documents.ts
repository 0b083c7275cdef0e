import { resolve } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { InputError } from "../diagnostic.js";
import { readFolder } from "../files.js";

/** Reads the documents of a specification folder that a run did not make. One that is damaged is passed over. */
export async function readOtherDocuments(
  specFolder: string,
  made: ReadonlySet<string>,
): Promise<{ path: string; value: object }[]> {
  const files = await readFolder(specFolder, ".openapi.yaml").catch((error: unknown) => {
    if (error instanceof InputError) return [];
    throw error;
  });
  const own = new Set([...made].map((path) => resolve(path)));
  return files
    .filter(({ path }) => !own.has(resolve(path)))
    .flatMap(({ path, text }) => {
      try {
        const value = load(text, { schema: CORE_SCHEMA });
        return typeof value === "object" && value !== null ? [{ path, value }] : [];
      } catch {
        return [];
      }
    });
}
