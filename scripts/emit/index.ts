import { join } from "node:path";
import { readTree } from "../files.js";
import type { Brand, GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import { toolkitFolder } from "../toolkit.js";
import { emitAction } from "./action.js";
import { emitCore } from "./core.js";
import { emitPathTypes } from "./openapi-fetch.js";
import { emitPackage } from "./product.js";
import { emitReference, emitReferenceIndex } from "./reference.js";
import { createTemplates, type Templates } from "./templates.js";

/** Reads the templates of the toolkit. */
export async function readTemplates(): Promise<Templates> {
  return createTemplates(await readTree(join(toolkitFolder, "templates")));
}

/** Generates the package and the reference of one product. Pure, as all emitters: equal input gives equal files. */
export async function emitProduct(
  brand: Brand,
  product: Product,
  _products: readonly ProductSummary[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  return [
    ...emitPackage(brand, product, templates),
    ...product.actions.flatMap((action) => emitAction(brand, product, action, templates)),
    await emitPathTypes(product),
    ...emitReference(brand, product, templates),
  ];
}

/** Generates the core package and the index of the reference. */
export async function emitShared(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  return [...(await emitCore(brand, templates)), ...emitReferenceIndex(brand, products, templates)];
}
