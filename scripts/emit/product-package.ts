import type { Action, Brand, Product } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductEmitter } from "./emitter.js";
import { emitPackageFiles } from "./package-files.js";
import { typeScriptSample } from "./samples.js";
import { systemName, telemetryPeer } from "./telemetry.js";
import { successExample } from "./testing.js";

/** package.json, tsconfig.json, LICENSE and README.md of a product's package. */
export const emitProductPackage: ProductEmitter = (brand, product, templates) => {
  const folder = `packages/${product.name}`;
  const facts = {
    folder,
    name: packageName(brand.package.scope, product.name),
    description: `Typed client for ${product.title} of the ${brand.name} API, with request signing.`,
    dependencies: { [packageName(brand.package.scope, "core")]: brand.package.version },
    optionalPeers: telemetryPeer,
    subpaths: [
      "connect",
      "node",
      "actions/*",
      "validate",
      "validate-only",
      "testing",
      "testing/*",
      "telemetry",
      "openapi-fetch",
    ],
  };
  const readme = templates.render("client/README.md.hbs", readmeView(brand, product));
  return [...emitPackageFiles(facts, brand, templates), { path: `${folder}/README.md`, content: readme }];
};

function readmeView(brand: Brand, product: Product) {
  // A reader is going to paste the example: if possible, show an action that changes nothing.
  const actions = [...product.actions].sort((a, b) => Number(b.retrySafe) - Number(a.retrySafe));
  const shown = actions.find(({ examples }) => examples.length > 0);
  const tested = actions.find((action) => successExample(action) !== undefined);
  const paged = product.actions.find(({ paging }) => paging !== undefined);
  const download = product.actions.find((action) => action.download !== undefined);
  return {
    packageName: packageName(brand.package.scope, product.name),
    title: product.title,
    brand: brand.name,
    environmentPrefix: brand.environmentPrefix,
    profilePath: `~/${brand.profileFile}`,
    baseUrl: brand.baseUrl,
    license: brand.package.license,
    system: systemName(brand),
    locations: Object.entries(brand.locationOptions).map(([option, parameter]) => ({ option, parameter })),
    actions: product.actions.map(({ names, summary, paging, deprecated }) => ({
      functionName: names.function,
      summary,
      paged: paging !== undefined,
      deprecated,
    })),
    example: shown === undefined ? none : { isPresent: true, ...exampleView(brand, product, shown) },
    paged: paged === undefined ? none : { isPresent: true, function: paged.names.function },
    download:
      download === undefined
        ? none
        : { isPresent: true, function: download.download?.function, action: download.names.function },
    tested:
      tested === undefined
        ? none
        : {
            isPresent: true,
            action: tested.name,
            function: tested.names.function,
            example: tested.names.example,
          },
  };
}

const none = { isPresent: false };

function exampleView(brand: Brand, product: Product, action: Action) {
  const [example] = action.examples;
  return {
    action: action.name,
    function: action.names.function,
    code: example === undefined ? "" : typeScriptSample(brand, product, action, example),
  };
}
