import type { Product } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductEmitter } from "./emitter.js";

/** The entry `node`: profiles, and a download function for each action that returns links. */
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

function downloadsOf(product: Product) {
  return product.actions.flatMap(({ name, names, deprecated, download }) =>
    download === undefined
      ? []
      : [
          {
            action: name,
            download: download.function,
            links: download.links,
            functionName: names.function,
            operation: names.operation,
            paramsType: names.params,
            module: `./actions/${name}.js`,
            deprecated,
          },
        ],
  );
}
