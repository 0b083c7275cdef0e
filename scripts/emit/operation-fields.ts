import type { AnyOperation, Fields } from "../../templates/runtime/operation.js";
import type { Action, Field, Type } from "../model/api-model.js";
import { modelsOf } from "../model/fields.js";

/** Compact types of fields, as the runtime reads them (templates/runtime/operation.ts). */
function compactFields(fields: readonly Field[]): Fields {
  return Object.fromEntries(
    fields.map(({ name, type, required }) => [name, compactType(type) + (required ? "!" : "")]),
  );
}

function compactType(type: Type): string {
  switch (type.kind) {
    case "array":
      return `${compactType(type.items)}[]`;
    case "object":
      return `#${type.model}`;
    case "string":
      return type.encoding === "base64" ? "base64" : "string";
    case "const":
      return ["string", "number", "boolean"].find((kind) => typeof type.value === kind) ?? "json";
    case "map":
    case "union":
      return "json";
    default:
      return type.kind;
  }
}

/** The runtime's record of an action, as its generated module exports it. */
export function operationOf(action: Action): AnyOperation {
  const { name, retrySafe, parameters, models, retCodes } = action;
  const fields = [...parameters, ...models.flatMap((model) => model.fields)];
  return {
    action: name,
    retrySafe,
    parameters: compactFields(parameters),
    models: Object.fromEntries(
      modelsOf(action, parameters).map((model) => [model.name, compactFields(model.fields)]),
    ),
    secrets: [...new Set(fields.filter(({ sensitive }) => sensitive).map((field) => field.name))].sort(),
    retCodes: Object.fromEntries(
      retCodes.map(({ code, name, meaning, remedy, retry }) => [code, { name, meaning, remedy, retry }]),
    ),
  };
}
