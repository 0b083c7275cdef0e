import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "../../scripts/load.js";
import type { Action, Brand, Product } from "../../scripts/model/api-model.js";
import { type ActionParts, actionDocument } from "./action-document.js";
import { specFolder } from "./spec-folder.js";

/** A product of the actions given, loaded as any other, and its brand. */
export async function madeUpProduct(
  actions: Readonly<Record<string, ActionParts>>,
): Promise<{ product: Product; brand: Brand; action: (name: string) => Action }> {
  const folder = await specFolder();
  await mkdir(join(folder, "pots"));
  for (const [name, parts] of Object.entries(actions)) {
    await writeFile(
      join(folder, "pots", `${name}.openapi.yaml`),
      JSON.stringify(actionDocument(name, parts)),
    );
  }
  const { products, brand } = await load(folder);
  const product = products.find(({ name }) => name === "pots") as Product;
  const action = (wanted: string) => product.actions.find(({ name }) => name === wanted) as Action;
  return { product, brand, action };
}

/** A required parameter, for {@link ActionParts}: an array of strings if its name is a plural. */
export function requires(name: string): Readonly<Record<string, unknown>> {
  const string = { type: "string" };
  const array = { "x-actiongen-style": "indexed", schema: { type: "array", items: string } };
  return { name, in: "query", required: true, ...(name.endsWith("s") ? array : { schema: string }) };
}
