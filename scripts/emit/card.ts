import type { Action, ActionCard, Brand } from "../model/api-model.js";
import type { ProductName } from "./emitter.js";
import { typeScriptSample } from "./samples.js";
import { successExample } from "./testing.js";

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
    hasRequired: action.parameters.some(({ required }) => required),
    retCodes,
    answered: successExample(action) !== undefined,
    sample: example === undefined ? "" : typeScriptSample(brand, product, action, example),
    source,
  };
}
