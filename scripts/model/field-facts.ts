import type { Path } from "../openapi/pointer.js";
import type { Action, Field, Type } from "./api-model.js";

/** What the document says of a value of a request or a response. */
export interface FieldFacts {
  /** Name of the field that has the value, alone or in a list; as sent if the document has no such field. */
  readonly name: string;
  /** `undefined` if the document has no such field. */
  readonly type: Type | undefined;
  /** Whether the document lists the field by its name; not those of a map. */
  readonly isListed: boolean;
  /** Whether the field, or one around it, is sensitive. */
  readonly isSensitive: boolean;
  /** Values that the document itself shows for the field. */
  readonly shown: readonly unknown[];
}

/**
 * Finds what the document says of the value at a path.
 *
 * @param fields parameters, or fields of a body.
 * @param path keys from there; indices are numbers, or strings of digits.
 */
export function factsAt(action: Action, fields: readonly Field[], path: Path): FieldFacts {
  const [first = "", ...keys] = path;
  const found = inFields(fields, String(first));
  return keys.reduce<FieldFacts>((facts, key) => stepInto(action, facts, key), found);
}

function inFields(fields: readonly Field[], name: string, isInsideSensitive = false): FieldFacts {
  const field = fields.find((one) => one.name === name);
  const isSensitive = isInsideSensitive || field?.sensitive === true;
  const shown = [field?.example, field?.default].flat();
  return { name, type: field?.type, isListed: field !== undefined, isSensitive, shown };
}

function stepInto(action: Action, facts: FieldFacts, key: string | number): FieldFacts {
  const { type, isSensitive, name } = facts;
  const isIndex = typeof key === "number" || /^\d{1,4}$/.test(key);
  const unlisted = { name: isIndex ? name : String(key), isListed: false, isSensitive, shown: [] };
  const unknown: FieldFacts = { ...unlisted, type: undefined };
  switch (type?.kind) {
    case "array":
      return isIndex ? { ...facts, type: type.items } : unknown;
    case "map":
      return { ...unknown, type: type.values };
    case "object": {
      const model = action.models.find((one) => one.name === type.model);
      const found = inFields(model?.fields ?? [], String(key), isSensitive);
      return found.isListed ? found : { ...unknown, type: model?.additional };
    }
    case "union": {
      const members = type.members.map((member) => stepInto(action, { ...facts, type: member }, key));
      const known = members.filter((member) => member.type !== undefined);
      const types = known.flatMap((member) => (member.type === undefined ? [] : [member.type]));
      if (types.length === 0) return unknown;
      return {
        name: known[0]?.name ?? unknown.name,
        isListed: known.some((member) => member.isListed),
        type: types.length === 1 ? types[0] : { kind: "union", members: types, nullable: false },
        isSensitive: members.some((member) => member.isSensitive),
        shown: known.flatMap((member) => member.shown),
      };
    }
    default:
      return unknown;
  }
}

/**
 * Type of the value of a flat parameter, which can be inside one that can be anything.
 *
 * @param keys of its name, such as `Disks`, `0`, `Size`.
 * @returns `undefined` if the document has no such parameter.
 */
export function parameterTypeAt(action: Action, [name, ...keys]: readonly string[]): Type | undefined {
  return typeAt(action.parameters.find((field) => field.name === name)?.type, keys, action);
}

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
