import { fileURLToPath } from "node:url";
import { emit } from "../../scripts/emit/index.js";
import { createTemplates } from "../../scripts/emit/render.js";
import { readTree } from "../../scripts/files.js";
import { load } from "../../scripts/load.js";

const templates = createTemplates(await readTree(fileURLToPath(new URL("../../templates", import.meta.url))));

/** What the generator makes of a specification folder, by path. Writes nothing. */
export async function generated(spec: string): Promise<Map<string, string>> {
  const files = await emit(await load(spec), templates);
  return new Map(files.map(({ path, content }) => [path, content]));
}
