import type { Action, Example } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ActionEmitter, ProductEmitter } from "./emitter.js";

/** Documented call that succeeds; `undefined` if there is none. */
export function successExample({ examples }: Action): Example | undefined {
  return examples.find(
    ({ response }) => (response as { RetCode?: unknown } | null | undefined)?.RetCode === 0,
  );
}

/** Module with the documented example of an action; no file if there is no example of a success. */
export const emitActionExample: ActionEmitter = (brand, product, action, templates) => {
  const shown = successExample(action);
  if (shown === undefined) return [];
  const view = {
    source: action.documentPath,
    testing: `${packageName(brand.package.scope, "core")}/testing`,
    action: action.name,
    example: action.names.example,
    operation: action.names.operation,
    paramsType: action.names.params,
    responseType: action.names.response,
    module: `../actions/${action.name}.js`,
    params: JSON.stringify(shown.parameters),
    response: JSON.stringify(shown.response),
  };
  const path = `packages/${product.name}/src/testing/${action.name}.ts`;
  return [{ path, content: templates.render("client/example.ts.hbs", view) }];
};

/** Entry `testing` of a product. */
export const emitTesting: ProductEmitter = (brand, product, templates) => {
  const view = { testing: `${packageName(brand.package.scope, "core")}/testing` };
  const path = `packages/${product.name}/src/testing.ts`;
  return [{ path, content: templates.render("client/testing.ts.hbs", view) }];
};
