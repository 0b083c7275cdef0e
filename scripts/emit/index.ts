import type { Action, ApiModel, Brand, GeneratedFile, ProductCard } from "../model/api-model.js";
import { cardOf } from "./card.js";
import { emitActionModule, emitClient } from "./client.js";
import { emitCore } from "./core.js";
import type { ActionEmitter, ApiEmitter, ProductEmitter, ProductName } from "./emitter.js";
import { emitNodeEntry } from "./node.js";
import { emitActionPage, emitIndexPage } from "./reference.js";
import type { Templates } from "./render.js";
import { emitSchemaTypes } from "./schema-types.js";
import { emitTelemetry } from "./telemetry.js";
import { emitActionExample, emitTesting } from "./testing.js";
import { emitActionValidator, emitValidators } from "./validators.js";

const actionEmitters: readonly ActionEmitter[] = [
  emitActionModule,
  emitActionValidator,
  emitActionExample,
  emitSchemaTypes,
  emitActionPage,
];
const productEmitters: readonly ProductEmitter[] = [
  emitClient,
  emitValidators,
  emitTesting,
  emitTelemetry,
  emitNodeEntry,
];
const apiEmitters: readonly ApiEmitter[] = [emitCore, emitIndexPage];

/** Runs every emitter. */
export async function emit({ brand, products }: ApiModel, templates: Templates): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = [];
  const cards: ProductCard[] = [];
  for (const product of products) {
    for (const action of product.actions)
      files.push(...(await emitAction(brand, product, action, templates)));
    const card = { ...product, actions: product.actions.map((action) => cardOf(brand, product, action)) };
    files.push(...(await emitProduct(brand, card, templates)));
    cards.push(card);
  }
  return [...files, ...(await emitApi(brand, cards, templates))];
}

/** The files of one action. */
export async function emitAction(
  brand: Brand,
  product: ProductName,
  action: Action,
  templates: Templates,
): Promise<GeneratedFile[]> {
  const files = actionEmitters.map((emitter) => emitter(brand, product, action, templates));
  return (await Promise.all(files)).flat();
}

/** The files that a product has once. */
export async function emitProduct(
  brand: Brand,
  product: ProductCard,
  templates: Templates,
): Promise<GeneratedFile[]> {
  return (await Promise.all(productEmitters.map((emitter) => emitter(brand, product, templates)))).flat();
}

/** The files that there are once. */
export async function emitApi(
  brand: Brand,
  products: readonly ProductCard[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  return (await Promise.all(apiEmitters.map((emitter) => emitter(brand, products, templates)))).flat();
}
