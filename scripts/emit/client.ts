import type { Action, Brand, GeneratedFile } from "../model/api-model.js";
import {
  itemsFunctionName,
  operationName,
  packageName,
  pagesFunctionName,
  parametersTypeName,
  pathsTypeName,
  responseTypeName,
} from "../model/names.js";
import type { ActionEmitter, ProductEmitter } from "./emitter.js";
import { fieldTexts, modelsOf, secretNames } from "./operation-fields.js";

/** The package of a product: a client that has all its actions, and what they share. */
export const emitClient: ProductEmitter = (brand, product, templates) => {
  const folder = `packages/${product.name}`;
  const core = packageName(brand.package.scope, "core");
  const actions = product.actions.map((action) => ({
    ...actionView(action),
    hasRequired: action.parameters.some(({ required }) => required),
  }));
  const view = {
    core,
    actions,
    anyPaged: actions.some(({ paged }) => paged),
    title: product.title,
    locations: locationsOf(brand),
    userAgent: `${packageName(brand.package.scope, product.name)}/${brand.package.version}`,
    retCodes: product.retCodes,
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    requestIdHeader: brand.requestIdHeader,
  };
  const render = (template: string, path: string, data: object = view): GeneratedFile => ({
    path: `${folder}/${path}`,
    content: templates.render(`client/${template}`, data),
  });
  return [
    render("index.ts.hbs", "src/index.ts"),
    render("client.ts.hbs", "src/client.ts"),
    render("connect.ts.hbs", "src/connect.ts"),
    render("settings.ts.hbs", "src/settings.ts"),
    render("retcodes.ts.hbs", "src/retcodes.ts"),
  ];
};

/** The module of an action: its types and its function. */
export const emitActionModule: ActionEmitter = (brand, product, action, templates) => {
  const view = {
    ...actionView(action),
    core: packageName(brand.package.scope, "core"),
    hasRequired: action.parameters.some(({ required }) => required),
    responseSchema: action.responseSchema,
    source: action.documentPath,
    retrySafe: action.retrySafe,
    parameters: fieldTexts(action.parameters),
    secrets: secretNames(action),
    models: modelsOf(action, action.parameters).map(({ name, fields }) => ({
      name,
      fields: fieldTexts(fields),
    })),
    paging: action.paging ?? noPaging,
  };
  const path = `packages/${product.name}/src/actions/${action.name}.ts`;
  return [{ path, content: templates.render("client/action.ts.hbs", view) }];
};

/** What the module of an action and the client say of it alike. */
function actionView(action: Action) {
  return {
    action: action.name,
    functionName: action.functionName,
    paramsType: parametersTypeName(action.name),
    responseType: responseTypeName(action.name),
    pathsType: pathsTypeName(action.name),
    module: `./actions/${action.name}.js`,
    schemaModule: `../schema/${action.name}.js`,
    indexSchemaModule: `./schema/${action.name}.js`,
    summary: action.summary,
    doc: docLines(action),
    documentation: action.documentation,
    deprecated: action.deprecated,
    operation: operationName(action.functionName),
    paged: action.paging !== undefined,
    items: action.paging?.items ?? "",
    pagesFunction: pagesFunctionName(action.functionName),
    itemsFunction: itemsFunctionName(action.functionName),
  };
}

const noPaging = { offset: "", limit: "", total: "", items: "" };

/** Summary, then description, as lines of a comment. */
function docLines({
  name,
  summary,
  description,
}: Pick<Action, "name" | "summary" | "description">): string[] {
  const blocks = [summary || `Carries out the action ${name}.`, description].filter((text) => text !== "");
  return blocks.join("\n\n").split("\n");
}

/** The options that fill in a parameter. */
function locationsOf(brand: Brand) {
  return Object.entries(brand.locationOptions).map(([option, name]) => ({ option, name }));
}
