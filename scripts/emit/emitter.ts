import type { Action, Brand, GeneratedFile, Product, ProductCard } from "../model/api-model.js";
import type { Templates } from "./render.js";

/** Files, now or soon. */
type Files = GeneratedFile[] | Promise<GeneratedFile[]>;

/** What the files of an action may say of its product. */
export type ProductName = Pick<Product, "name" | "title">;

/**
 * Makes the files of one action. Pure, as all emitters: the same input gives the same files. An action is emitted alone,
 * so that a run needs to hold one at a time and to repeat only those that changed.
 */
export type ActionEmitter = (
  brand: Brand,
  product: ProductName,
  action: Action,
  templates: Templates,
) => Files;

/** Makes the files that a product has once. */
export type ProductEmitter = (brand: Brand, product: ProductCard, templates: Templates) => Files;

/** Makes the files that there are once. */
export type ApiEmitter = (brand: Brand, products: readonly ProductCard[], templates: Templates) => Files;
