import type { Action, Brand, GeneratedFile, Product } from "../model/api-model.js";
import { packageName, parametersTypeName, pathsTypeName, responseTypeName } from "../model/names.js";
import type { Emitter } from "./emitter.js";
import { emitPackageFiles } from "./package-files.js";
import type { Templates } from "./render.js";
import { typeScriptSample } from "./samples.js";

/** One package for each product: a module for each action, and a client that has them all. */
export const emitClients: Emitter = ({ brand, products }, templates) =>
  products.flatMap((product) => emitClient(brand, product, templates));

function emitClient(brand: Brand, product: Product, templates: Templates): GeneratedFile[] {
  const folder = `packages/${product.name}`;
  const core = packageName(brand.package.scope, "core");
  const actions = product.actions.map((action) => actionView(action));
  const view = {
    core,
    actions,
    title: product.title,
    defaults: brand.defaultableParameters,
    retCodes: product.retCodes,
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    requestIdHeader: brand.requestIdHeader,
  };
  const render = (template: string, path: string, data: object = view) => ({
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
        subpaths: ["connect", "actions/*"],
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
    ...actions.map((action) =>
      render("action.ts.hbs", `src/actions/${action.action}.ts`, { core, ...action }),
    ),
  ];
}

function actionView(action: Action) {
  return {
    action: action.name,
    functionName: action.functionName,
    paramsType: parametersTypeName(action.name),
    responseType: responseTypeName(action.name),
    pathsType: pathsTypeName(action.name),
    responseSchema: action.responseSchema,
    module: `./actions/${action.name}.js`,
    schemaModule: `../schema/${action.name}.js`,
    indexSchemaModule: `./schema/${action.name}.js`,
    source: action.documentPath,
    summary: action.summary,
    doc: docLines(action),
    documentation: action.documentation,
    deprecated: action.deprecated,
    parameters: action.parameters,
    hasRequired: action.parameters.some(({ required }) => required),
  };
}

/** Summary, then description, as lines of a comment. */
function docLines({ name, summary, description }: Action): string[] {
  const blocks = [summary || `Carries out the action ${name}.`, description].filter((text) => text !== "");
  return blocks.join("\n\n").split("\n");
}

function readmeView(brand: Brand, product: Product, actions: readonly ReturnType<typeof actionView>[]) {
  const withExample = product.actions.filter(({ examples }) => examples.length > 0);
  // Somebody is going to paste it: rather one that changes nothing.
  const shown = withExample.find(({ retrySafe }) => retrySafe) ?? withExample[0];
  const example = shown?.examples[0];
  return {
    packageName: packageName(brand.package.scope, product.name),
    core: packageName(brand.package.scope, "core"),
    title: product.title,
    brand: brand.name,
    environmentPrefix: brand.environmentPrefix,
    baseUrl: brand.baseUrl,
    license: brand.package.license,
    defaults: brand.defaultableParameters.map((name, index, all) => ({ name, more: index < all.length - 1 })),
    actions,
    example: example !== undefined,
    exampleFunction: shown?.functionName ?? "",
    exampleModule: `${packageName(brand.package.scope, product.name)}/actions/${shown?.name ?? ""}`,
    connectModule: `${packageName(brand.package.scope, product.name)}/connect`,
    exampleCode:
      shown === undefined || example === undefined ? "" : typeScriptSample(brand, product, shown, example),
  };
}
