import type { Action, Brand, Product, ProductSummary } from "../../model/api-model.js";
import { languageOf } from "../../text.js";
import type { ActionMarks } from "../change-marks.js";
import type { PageOf } from "../mentions.js";
import type { Templates } from "../templates.js";
import type { ActionRelations } from "./relations.js";

/** What the pages of a product are made from. */
export interface ProductContext {
  readonly brand: Brand;
  readonly product: Product;
  readonly pageOf: PageOf;
  /** Other products that have an action of this name. */
  readonly otherProductsOf: (action: string) => readonly ProductSummary[];
  readonly relationsOf: (action: Action) => ActionRelations;
  readonly marksOf: (action: Action) => ActionMarks;
  readonly templates: Templates;
}

/** Name of an action's page; some file systems do not distinguish `Index` from the product's `index`. */
export function pageName({ name }: Pick<Action, "name">): string {
  return name.toLowerCase() === "index" ? `${name}-action` : name;
}

/**
 * Finds the page of any action, relative to the pages of a product: its own page if the product has the action, else that of
 * the first product that has it.
 *
 * @param own name of the product.
 */
export function createPageOf(products: readonly ProductSummary[], own: string): PageOf {
  const pages = new Map<string, string>();
  const ownFirst = [...products].sort((a, b) => Number(b.name === own) - Number(a.name === own));
  for (const { name, actions } of ownFirst) {
    const folder = name === own ? "" : `../${name}/`;
    for (const action of actions)
      if (!pages.has(action.name)) pages.set(action.name, folder + pageName(action));
  }
  return (action) => pages.get(action);
}

/** Finds the other products that have an action of a name. @param own name of the product. */
export function createOtherProductsOf(
  products: readonly ProductSummary[],
  own: string,
): ProductContext["otherProductsOf"] {
  const found = new Map<string, ProductSummary[]>();
  for (const product of products) {
    if (product.name === own) continue;
    for (const { name } of product.actions) found.set(name, [...(found.get(name) ?? []), product]);
  }
  return (action) => found.get(action) ?? [];
}

/** Language of a text of the specification; `""` if it is that of the page. */
export function foreignLanguage(text: string, { docs }: Brand): string {
  const language = languageOf(text);
  return text === "" || language === docs.language ? "" : language;
}
