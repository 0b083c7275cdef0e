import type { Action, Brand, GeneratedFile, Product } from "../model/api-model.js";
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

/** The properties of a product that shared files may depend on, so that each product can be generated alone. */
export type ProductSummary = Pick<Product, "name" | "title"> & { readonly actions: readonly string[] };

/** Generates files of one action. */
export type ActionEmitter = (brand: Brand, product: Product, action: Action, templates: Templates) => Files;
