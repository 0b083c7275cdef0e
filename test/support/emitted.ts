import { emitProduct, emitShared, readTemplates } from "../../scripts/emit/index.js";
import { summarize } from "../../scripts/model/summary.js";
import type { ActionParts } from "./action-document.js";
import { madeUpProduct } from "./made-up-product.js";

/** The files that are generated for a product of the actions given, and for all products together, by path. */
export async function emitted(
  actions: Readonly<Record<string, ActionParts>>,
): Promise<ReadonlyMap<string, string>> {
  const { product, brand } = await madeUpProduct(actions);
  const templates = await readTemplates(brand);
  const summaries = [summarize(product, brand)];
  const files = [
    ...(await emitProduct(brand, product, summaries, templates)),
    ...(await emitShared(brand, summaries, templates)),
  ];
  return new Map(files.map(({ path, content }) => [path, content]));
}
