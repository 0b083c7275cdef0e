import type { Action, Brand, Product, ProductSummary } from "../../model/api-model.js";
import { languageOf } from "../../text.js";
import type { PageOf } from "../mentions.js";
import type { Templates } from "../templates.js";
import type { ActionRelations } from "./relations.js";

/** What the pages of a product are made from. */
export interface ProductContext {
  readonly brand: Brand;
  readonly product: Product;
  readonly pageOf: PageOf;
  readonly relationsOf: (action: Action) => ActionRelations;
  readonly templates: Templates;
}

/** Name of an action's page; some file systems do not distinguish `Index` from the product's `index`. */
export function pageName({ name }: Pick<Action, "name">): string {
  return name.toLowerCase() === "index" ? `${name}-action` : name;
}

/** Finds the page of any action, relative to the pages of a product. @param own name of the product. */
export function createPageOf(products: readonly ProductSummary[], own: string): PageOf {
  const pages = new Map(
    products.flatMap(({ name, actions }) =>
      actions.map((action) => [action.name, (name === own ? "" : `../${name}/`) + pageName(action)] as const),
    ),
  );
  return (action) => pages.get(action);
}

/** Language of a text of the specification; `""` if it is that of the page. */
export function foreignLanguage(text: string, { docs }: Brand): string {
  const language = languageOf(text);
  return text === "" || language === docs.language ? "" : language;
}
