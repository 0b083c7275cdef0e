import type { Action, Brand, GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import type { Templates } from "./templates.js";

type Files = GeneratedFile[] | Promise<GeneratedFile[]>;

/** Generates files of one product. Pure, as all emitters: the same input gives the same files. */
export type ProductEmitter = (brand: Brand, product: Product, templates: Templates) => Files;

/** Generates files that all products share. */
export type SharedEmitter = (
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
) => Files;

/** Generates files of one action. */
export type ActionEmitter = (brand: Brand, product: Product, action: Action, templates: Templates) => Files;
