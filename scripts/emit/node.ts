import type { Brand, ProductCard } from "../model/api-model.js";
import { operationName, packageName, parametersTypeName } from "../model/names.js";
import type { ProductEmitter } from "./emitter.js";

/** The entry of a product's package for Node alone: profiles, and the downloads of the actions that give links. */
export const emitNodeEntry: ProductEmitter = (brand, product, templates) => {
  const view = {
    core: packageName(brand.package.scope, "core"),
    coreNode: `${packageName(brand.package.scope, "core")}/node`,
    environmentPrefix: brand.environmentPrefix,
    profileFile: brand.profileFile,
    downloads: downloadsOf(product),
    anyDownload: downloadsOf(product).length > 0,
  };
  const content = templates.render("client/node.ts.hbs", view);
  return [{ path: `packages/${product.name}/src/node.ts`, content }];
};

function downloadsOf(product: ProductCard) {
  return product.actions.flatMap(({ name, functionName, deprecated, download }) =>
    download === undefined
      ? []
      : [
          {
            action: name,
            download: download.function,
            links: download.links,
            functionName,
            operation: operationName(functionName),
            paramsType: parametersTypeName(name),
            module: `./actions/${name}.js`,
            deprecated,
          },
        ],
  );
}

/** What the readme of a product's package says of the entry. */
export function nodeReadme(brand: Brand, product: ProductCard) {
  const [shown] = downloadsOf(product);
  const example = product.actions.find(({ name }) => name === shown?.action);
  return {
    nodeModule: `${packageName(brand.package.scope, product.name)}/node`,
    profilePath: `~/${brand.profileFile}`,
    anyDownload: shown !== undefined,
    downloadFunction: shown?.download ?? "",
    downloadLinks: example?.functionName ?? "",
  };
}
