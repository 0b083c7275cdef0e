import type { Action, Brand, Field, Product, ProductSummary } from "./api-model.js";
import { envelope, modelNames, responseFields } from "./fields.js";

/** What other products' pages and shared files need of a product. */
export function summarize({ name, title, actions, retCodes }: Product, brand: Brand): ProductSummary {
  return {
    name,
    title,
    actions: actions.map((action) => ({
      name: action.name,
      summary: action.summary,
      retrySafe: action.retrySafe,
      deprecated: action.deprecated,
      required: action.parameters.filter(({ required }) => required).map((field) => field.name),
      parameters: namesIn(action, action.parameters),
      fields: namesIn(action, responseFields(action)).filter((field) => !envelope.includes(field)),
    })),
    // A product can describe a RetCode of the gateway in its own words.
    retCodes: retCodes.filter((retCode) => !brand.retCodes.includes(retCode)),
  };
}

/** Names of fields and of those of their objects, each once, in the order in which they are listed. */
function namesIn({ models }: Action, fields: readonly Field[]): string[] {
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = ({ name, type }: Field): void => {
    names.add(name);
    for (const modelName of modelNames(type)) {
      if (visited.has(modelName)) continue;
      visited.add(modelName);
      for (const field of models.find((model) => model.name === modelName)?.fields ?? []) visit(field);
    }
  };
  for (const field of fields) visit(field);
  return [...names];
}
