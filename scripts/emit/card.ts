import type { Action, ActionCard, Brand } from "../model/api-model.js";
import { hasRequired } from "./client.js";
import type { ProductName } from "./emitter.js";
import { typeScriptSample } from "./samples.js";
import { answeredExample } from "./testing.js";

/** What the files of a product need of an action. */
export function cardOf(brand: Brand, product: ProductName, action: Action): ActionCard {
  const {
    name,
    functionName,
    summary,
    description,
    documentation,
    deprecated,
    retrySafe,
    paging,
    download,
    retCodes,
    source,
  } = action;
  const [example] = action.examples;
  return {
    name,
    functionName,
    summary,
    description,
    documentation,
    deprecated,
    retrySafe,
    paging,
    download,
    hasRequired: hasRequired(brand, action),
    retCodes,
    answered: answeredExample(action) !== undefined,
    sample: example === undefined ? "" : typeScriptSample(brand, product, action, example),
    source,
  };
}
