import { ownParameters } from "../../templates/runtime/testing/har.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, Type } from "../model/api-model.js";
import type { Recording } from "./recording.js";
import type { Finding } from "./verify.js";

/** Checks that the parameters of a recorded request are documented, and of the right type. */
export function checkRequestTypes(recording: Recording, action: Action): Finding[] {
  const own = ownParameters(recording);
  const found: Finding[] = [];
  for (const [name, value] of Object.entries(own)) {
    const [first = "", ...keys] = name.split(".");
    const type = typeAt(action.parameters.find((field) => field.name === first)?.type, keys, action);
    const recorded = `request parameter ${name} is ${JSON.stringify(value)} in the recording`;
    const path = recording.pathOf(name);
    if (type === undefined)
      found.push({ path, message: `${recorded}, and ${action.documentPath} has no such parameter` });
    else if (!isOfType(value, type))
      found.push({ path, message: `${recorded}, but ${action.documentPath} says ${describe(type)}` });
  }
  // A missing parameter of the call itself is reported by the client.
  const { missing } = readParameters(new Map(Object.entries(own)), operationOf(action));
  for (const name of missing.filter((one) => one.includes("."))) {
    const message = `request parameter ${name} is absent in the recording, but ${action.documentPath} requires it`;
    found.push({ path: recording.pathOf(name), message });
  }
  return found;
}

/** Type of the value at the keys of a flat name; `undefined` if the document has no such parameter. */
function typeAt(type: Type | undefined, keys: readonly string[], action: Action): Type | undefined {
  const [key, ...rest] = keys;
  if (type === undefined || key === undefined) return type;
  switch (type.kind) {
    case "json":
      return type;
    case "array":
      return /^\d{1,4}$/.test(key) ? typeAt(type.items, rest, action) : undefined;
    case "map":
      return typeAt(type.values, rest, action);
    case "object": {
      const model = action.models.find(({ name }) => name === type.model);
      const field = model?.fields.find(({ name }) => name === key);
      return typeAt(field?.type ?? model?.additional, rest, action);
    }
    case "union": {
      const members = type.members.map((member) => typeAt(member, keys, action));
      const known = members.filter((member) => member !== undefined);
      return known.length === 0 ? undefined : { kind: "union", members: known, nullable: false };
    }
    default:
      return undefined;
  }
}

/** Whether a string on the wire can be a value of a type. */
function isOfType(value: string, type: Type): boolean {
  switch (type.kind === "enum" ? type.of : type.kind) {
    case "string":
    case "json":
      return true;
    case "integer":
      return /^(0|-?[1-9]\d*)$/.test(value);
    case "number":
      return /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+)$/.test(value);
    case "boolean":
      return value === "true" || value === "false";
    case "const":
      return type.kind === "const" && value === String(type.value);
    case "union":
      return type.kind === "union" && type.members.some((member) => isOfType(value, member));
    default:
      return false;
  }
}

function describe(type: Type): string {
  if (type.kind === "union") return type.members.map(describe).join(" or ");
  return type.kind === "const" ? JSON.stringify(type.value) : type.kind;
}
