import { packageName } from "../model/names.js";
import type { ProductEmitter } from "./emitter.js";

/** What a program that imports the entry `telemetry` has to install itself; nobody else needs it. */
export const telemetryPeer = { "@opentelemetry/api": "^1.3.0" };

/** The entry `telemetry`. */
export const emitTelemetry: ProductEmitter = (brand, product, templates) => {
  const { scope, version } = brand.package;
  const view = {
    core: packageName(scope, "core"),
    telemetry: `${packageName(scope, "core")}/telemetry`,
    system: scope.replace(/^@/, ""),
    service: product.name,
    library: packageName(scope, product.name),
    version,
  };
  const path = `packages/${product.name}/src/telemetry.ts`;
  return [{ path, content: templates.render("client/telemetry.ts.hbs", view) }];
};
