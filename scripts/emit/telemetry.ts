import type { Brand } from "../model/api-model.js";
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
    system: systemName(brand),
    service: product.name,
    library: packageName(scope, product.name),
    version,
  };
  const path = `packages/${product.name}/src/telemetry.ts`;
  return [{ path, content: templates.render("client/telemetry.ts.hbs", view) }];
};

/** First part of the names of what it tells, in the style of OpenTelemetry: `dezai` of `@dezai`. */
export function systemName({ package: { scope } }: Brand): string {
  return scope.replace(/^@/, "");
}
