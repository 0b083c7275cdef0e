import { Diagnostics } from "../../scripts/diagnostic.js";
import type { Action, Product, RetCode } from "../../scripts/model/api-model.js";
import { buildProduct } from "../../scripts/model/product.js";
import { type ActionParts, actionDocument } from "./action-document.js";

/** A product as the model converts its documents, and the problems that it reports, each with its code and the path of its value. */
export interface BuiltProduct {
  readonly product: Product;
  readonly action: (name: string) => Action;
  readonly problems: readonly string[];
}

/** A product of the actions given, without files and the validation that `madeUpProduct` includes: takes milliseconds. */
export function builtProduct(
  actions: Readonly<Record<string, ActionParts>>,
  gateway: readonly RetCode[] = [],
): BuiltProduct {
  const diagnostics = new Diagnostics();
  const documents = Object.entries(actions).map(([name, parts]) => {
    const documentPath = `pots/${name}.openapi.yaml`;
    const file = `spec/${documentPath}`;
    return {
      name,
      product: "pots",
      document: actionDocument(name, parts),
      file,
      documentPath,
      references: [],
      line: 5,
      report: (code: string, path: readonly (string | number)[], message: string, help: string) =>
        diagnostics.add({ code, file, line: 5, path: path.join(" "), message, help }),
    };
  });
  const product = buildProduct("pots", "Pots", documents, gateway, diagnostics);
  return {
    product,
    action: (wanted) => {
      const found = product.actions.find(({ name }) => name === wanted);
      if (found === undefined) throw new Error(`${wanted} is missing`);
      return found;
    },
    problems: diagnostics.list.map(
      ({ code, file, path, message, help }) => `${code}: ${path ?? file}: ${message} (${help})`,
    ),
  };
}

/** A RetCode, or the entry of a table. */
export function retCode(code: number, name = `Code${code}`, more: Partial<RetCode> = {}): RetCode {
  const texts = { meaning: "It slept.", remedy: "Wake it." };
  return { code, name, ...texts, causes: [], actions: [], retry: "never", ...more };
}
