import type { Brand } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductEmitter } from "./emitter.js";

/** Peer dependency of the entry `telemetry`. */
export const telemetryPeer = { "@opentelemetry/api": "^1.3.0" };

/** The entry `telemetry`. */
export const emitTelemetry: ProductEmitter = (brand, product, templates) => {
  const { scope, version } = brand.package;
  const view = {
    core: packageName(scope, "core"),
    telemetry: `${packageName(scope, "core")}/telemetry`,
    system: systemName(brand),
    service: product.name,
    library: packageName(scope, product.name),
    version,
  };
  const path = `packages/${product.name}/src/telemetry.ts`;
  return [{ path, content: templates.render("client/telemetry.ts.hbs", view) }];
};

/** Prefix of the names of metrics and attributes: `dezai` for the scope `@dezai`. */
export function systemName({ package: { scope } }: Brand): string {
  return scope.replace(/^@/, "");
}
