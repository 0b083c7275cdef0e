import { join } from "node:path";
import { readTree } from "../files.js";
import type { Brand, GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import { toolkitFolder } from "../toolkit.js";
import { emitActionModule, emitClient } from "./client.js";
import { emitCore } from "./core.js";
import type { ActionEmitter, ProductEmitter, SharedEmitter } from "./emitter.js";
import { emitNodeEntry } from "./node.js";
import { emitOpenApiFetch } from "./openapi-fetch.js";
import { emitProductPackage } from "./product-package.js";
import { emitReference, emitReferenceIndex } from "./reference.js";
import { emitTelemetry } from "./telemetry.js";
import { createTemplates, type Templates } from "./templates.js";
import { emitActionExample, emitTesting } from "./testing.js";
import { emitValidators } from "./validators.js";

const productEmitters: readonly ProductEmitter[] = [
  emitProductPackage,
  emitClient,
  forEachAction(emitActionModule),
  emitValidators,
  forEachAction(emitActionExample),
  emitTesting,
  emitTelemetry,
  emitNodeEntry,
  emitOpenApiFetch,
  emitReference,
];
const sharedEmitters: readonly SharedEmitter[] = [emitCore, emitReferenceIndex];

/** Reads the templates of this package. */
export async function readTemplates(): Promise<Templates> {
  return createTemplates(await readTree(join(toolkitFolder, "templates")));
}

/** Generates the package and the reference of one product. */
export async function emitProduct(
  brand: Brand,
  product: Product,
  templates: Templates,
): Promise<GeneratedFile[]> {
  return (await Promise.all(productEmitters.map((emitter) => emitter(brand, product, templates)))).flat();
}

/** Generates the core package and the index of the reference. */
export async function emitShared(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  return (await Promise.all(sharedEmitters.map((emitter) => emitter(brand, products, templates)))).flat();
}

function forEachAction(emitter: ActionEmitter): ProductEmitter {
  return async (brand, product, templates) =>
    (await Promise.all(product.actions.map((action) => emitter(brand, product, action, templates)))).flat();
}
