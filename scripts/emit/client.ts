import type { Action, Brand } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ActionEmitter, ProductEmitter } from "./emitter.js";
import { compactFields, modelsOf, secretNames } from "./operation-fields.js";
import { hasRequired, interfacesOf, itemType } from "./types.js";
import { validatorView } from "./validators.js";

/** The modules that the actions of a product share: the client, its options and constants. */
export const emitClient: ProductEmitter = (brand, product, templates) => {
  const actions = product.actions.map((action) => actionView(action, brand));
  const view = {
    core: packageName(brand.package.scope, "core"),
    actions,
    anyPaged: actions.some(({ paged }) => paged),
    anyUnpaged: actions.some(({ paged }) => !paged),
    title: product.title,
    locations: Object.entries(brand.locationOptions).map(([option, name]) => ({ option, name })),
    userAgent: `${packageName(brand.package.scope, product.name)}/${brand.package.version}`,
    retCodes: product.retCodes,
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    requestIdHeader: brand.requestIdHeader,
  };
  return ["index", "client", "connect", "settings", "retcodes"].map((name) => ({
    path: `packages/${product.name}/src/${name}.ts`,
    content: templates.render(`client/${name}.ts.hbs`, view),
  }));
};

/** The module of an action: its types, its description for the runtime, its function and its validator. */
export const emitActionModule: ActionEmitter = (brand, product, action, templates) => {
  const core = packageName(brand.package.scope, "core");
  const types = action.parameters.map(({ type }) => type);
  const validator = validatorView(action);
  const view = {
    ...actionView(action, brand),
    core,
    validation: `${core}/validation`,
    checks: validator.checks,
    source: action.documentPath,
    interfaces: interfacesOf(action, brand),
    item: itemType(action),
    retrySafe: action.retrySafe,
    parameters: compactFields(action.parameters),
    models: modelsOf(action, types).map(({ name, fields }) => ({ name, fields: compactFields(fields) })),
    secrets: JSON.stringify(secretNames(action)),
    paging: action.paging ?? { offset: "", limit: "", total: "", items: "" },
  };
  const content =
    templates.render("client/action.ts.hbs", view) + templates.render("client/validator.ts.hbs", validator);
  return [{ path: `packages/${product.name}/src/actions/${action.name}.ts`, content }];
};

/** The part of a view that the module of an action and the client share. */
function actionView(action: Action, brand: Brand) {
  const { name, names, summary, description, documentation, deprecated, paging } = action;
  const doc = [summary || `Calls the action ${name}.`, description].filter((block) => block !== "");
  return {
    action: name,
    functionName: names.function,
    operation: names.operation,
    validator: names.validator,
    paramsType: names.params,
    responseType: names.response,
    itemType: names.item,
    module: `./actions/${name}.js`,
    doc: doc.join("\n\n").split("\n"),
    documentation,
    deprecated,
    paged: paging !== undefined,
    hasRequired: hasRequired(action, brand),
  };
}
