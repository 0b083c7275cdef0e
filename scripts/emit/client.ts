import type { Action, ActionCard, Brand, GeneratedFile, ProductCard } from "../model/api-model.js";
import {
  exampleName,
  operationName,
  packageName,
  parametersTypeName,
  pathsTypeName,
  responseTypeName,
} from "../model/names.js";
import type { ActionEmitter, ProductEmitter } from "./emitter.js";
import { nodeReadme } from "./node.js";
import { fieldTexts, modelsOf, secretNames } from "./operation-fields.js";
import { emitPackageFiles } from "./package-files.js";
import { systemName, telemetryPeer } from "./telemetry.js";

/** The package of a product: its client and the modules that its actions share. */
export const emitClient: ProductEmitter = (brand, product, templates) => {
  const folder = `packages/${product.name}`;
  const core = packageName(brand.package.scope, "core");
  const actions = product.actions.map((card) => ({ ...actionView(card), hasRequired: card.hasRequired }));
  const view = {
    core,
    actions,
    anyPaged: actions.some(({ paged }) => paged),
    anyUnpaged: actions.some(({ paged }) => !paged),
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
    ...emitPackageFiles(
      {
        folder,
        name: packageName(brand.package.scope, product.name),
        description: `Typed client of ${product.title} for the ${brand.name} API, which signs every request.`,
        dependencies: { [core]: brand.package.version },
        optionalPeers: telemetryPeer,
        subpaths: [
          "connect",
          "node",
          "actions/*",
          "validate",
          "validate-only",
          "validate/*",
          "testing",
          "testing/*",
          "telemetry",
        ],
      },
      brand,
      templates,
    ),
    render("README.md.hbs", "README.md", readmeView(brand, product, actions)),
    render("index.ts.hbs", "src/index.ts"),
    render("client.ts.hbs", "src/client.ts"),
    render("connect.ts.hbs", "src/connect.ts"),
    render("settings.ts.hbs", "src/settings.ts"),
    render("retcodes.ts.hbs", "src/retcodes.ts"),
  ];
};

/** The module of an action: its types, its operation and its function. */
export const emitActionModule: ActionEmitter = (brand, product, action, templates) => {
  const parameterNames = action.parameters.map(({ name }) => name);
  const located = Object.values(brand.locationOptions).filter((name) => parameterNames.includes(name));
  const view = {
    ...actionView(action),
    core: packageName(brand.package.scope, "core"),
    hasRequired: hasRequired(brand, action),
    anyLocated: located.length > 0,
    located,
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

/** Whether a call needs parameters that no option sets. */
export function hasRequired(brand: Brand, { parameters }: Pick<Action, "parameters">): boolean {
  const located = Object.values(brand.locationOptions);
  return parameters.some(({ name, required }) => required && !located.includes(name));
}

/** The part of a view that the module of an action and the client share. */
function actionView(action: Omit<ActionCard, "hasRequired" | "sample" | "answered">) {
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
  };
}

const noPaging = { offset: "", limit: "", total: "", items: "" };

/** Summary and description, as lines of a comment. */
function docLines({
  name,
  summary,
  description,
}: Pick<Action, "name" | "summary" | "description">): string[] {
  const blocks = [summary || `Calls the action ${name}.`, description].filter((text) => text !== "");
  return blocks.join("\n\n").split("\n");
}

/** The options that set a parameter. */
function locationsOf(brand: Brand) {
  return Object.entries(brand.locationOptions).map(([option, name]) => ({ option, name }));
}

function readmeView(brand: Brand, product: ProductCard, actions: readonly ReturnType<typeof actionView>[]) {
  const withExample = product.actions.filter(({ sample }) => sample !== "");
  // Prefer an example that changes nothing, since readers will run it.
  const shown = withExample.find(({ retrySafe }) => retrySafe) ?? withExample[0];
  const paged = actions.filter((action) => action.paged);
  const answered = withExample.find((card) => card.answered && card.retrySafe) ?? shown;
  return {
    ...entryModules(packageName(brand.package.scope, product.name), answered),
    system: systemName(brand),
    packageName: packageName(brand.package.scope, product.name),
    core: packageName(brand.package.scope, "core"),
    title: product.title,
    brand: brand.name,
    environmentPrefix: brand.environmentPrefix,
    baseUrl: brand.baseUrl,
    license: brand.package.license,
    locations: locationsOf(brand),
    openapiFetchModule: `${packageName(brand.package.scope, "core")}/openapi-fetch`,
    anyPaged: paged.length > 0,
    examplePagedFunction: paged[0]?.functionName ?? "",
    actions,
    example: shown !== undefined,
    exampleFunction: shown?.functionName ?? "",
    exampleModule: `${packageName(brand.package.scope, product.name)}/actions/${shown?.name ?? ""}`,
    connectModule: `${packageName(brand.package.scope, product.name)}/connect`,
    exampleCode: shown?.sample ?? "",
    ...nodeReadme(brand, product),
  };
}

/** Names in the readme of the entries besides the index. */
function entryModules(name: string, shown: ActionCard | undefined) {
  return {
    validateModule: `${name}/validate`,
    testingModule: `${name}/testing`,
    telemetryModule: `${name}/telemetry`,
    answered: shown?.answered === true,
    answeredFunction: shown?.functionName ?? "",
    answeredExample: exampleName(shown?.functionName ?? ""),
    answeredModule: `${name}/testing/${shown?.name ?? ""}`,
  };
}
