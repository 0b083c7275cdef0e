import { Diagnostics } from "../../diagnostic.js";
import type { Action, Product } from "../../model/api-model.js";
import { differencesOf } from "../split/agreement.js";

/** An action, and the names of the products that have it. */
export interface DistinctAction {
  /** As the first product describes it. */
  readonly action: Action;
  readonly products: [string, ...string[]];
}

/**
 * The actions of products, each name once, in the order of the products.
 *
 * @throws InputError with every action that two products describe differently: a document has one path for it.
 */
export function distinctActions(products: readonly Product[]): DistinctAction[] {
  const diagnostics = new Diagnostics();
  const found = new Map<string, DistinctAction>();
  for (const { name: product, actions } of products) {
    for (const action of actions) {
      const known = found.get(action.name);
      if (known === undefined) {
        found.set(action.name, { action, products: [product] });
        continue;
      }
      known.products.push(product);
      const differences = differencesOf(known.action.document, action.document);
      if (differences.length === 0) continue;
      const { file, line } = known.action.source;
      const what = `${action.name} of ${product} differs from that of ${known.products[0]} at ${file}:${line}`;
      const message = `${what}: ${differences.join(", ")}`;
      const help = `One document cannot contain both. Choose products with --product, such as --product ${product}, or make the documents agree.`;
      diagnostics.add({ code: "product-differs", ...action.source, message, help });
    }
  }
  diagnostics.throwIfAny();
  return [...found.values()];
}
