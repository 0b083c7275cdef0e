import type { Action, Brand, Type } from "../model/api-model.js";
import { responseFields } from "../model/fields.js";
import { Code, deprecatedTag } from "./code.js";

/** The types of the known values of an action's enumerations. */
export function knownValuesOf({ knownValues, deprecated }: Action) {
  return knownValues.map(({ name, field, values }) => ({
    name,
    doc: Code.doc(
      "",
      [`Known values of \`${field}\`, to which the vendor may add others.`],
      deprecatedTag(deprecated),
    ),
    type: unionOf(
      values.map((value) => Code.literal(value)),
      "  ",
    ),
  }));
}

/** Type of the items that an action lists, page by page or to wait for their state; `undefined` if it lists none. */
export function itemType(action: Action): Code | undefined {
  const items = action.paging?.items ?? action.wait?.items;
  if (items === undefined) return undefined;
  const list = responseFields(action).find(({ name }) => name === items)?.type;
  return list?.kind === "array" ? typeOf(list.items, action, false) : Code.of`unknown`;
}

/** Whether a call has to pass a parameter: locations can be set by options. */
export function hasRequired({ parameters }: Action, { locationOptions }: Brand): boolean {
  const located = Object.values(locationOptions);
  return parameters.some(({ name, required }) => required && !located.includes(name));
}

/** Whether the client encodes the value of a parameter in base64. */
export function isEncoded(type: Type): boolean {
  if (type.kind === "array") return isEncoded(type.items);
  return type.kind === "string" && type.encoding === "base64";
}

/** Columns of a union that is printed on one line. */
const longestUnion = 80;

/** A type in TypeScript. @param isSent whether it is the type of a parameter. */
export function typeOf(type: Type, action: Action, isSent: boolean): Code {
  return unionOf(membersOf(type, action, isSent), "    ");
}

/** @param indent indentation of the members, if each is on its own line. */
function unionOf(members: readonly Code[], indent: string): Code {
  const union = Code.list(members, " | ");
  return members.length === 1 || union.source.length <= longestUnion
    ? union
    : Code.list([Code.of``, ...members], `\n${indent}| `);
}

/** Members of a union; another type has one. */
function membersOf(type: Type, action: Action, isSent: boolean): Code[] {
  if (type.nullable) return [...membersOf({ ...type, nullable: false }, action, isSent), Code.of`null`];
  switch (type.kind) {
    case "string":
      return isSent && type.encoding === "base64"
        ? [Code.of`string`, Code.of`Uint8Array`]
        : [Code.of`string`];
    case "integer":
    case "number":
      return [Code.of`number`];
    case "boolean":
      return [Code.of`boolean`];
    case "enum":
      // A value that the vendor adds must not break compiled programs. `& {}` keeps the known ones in completions.
      return [
        ...type.values.map((value) => Code.literal(value)),
        type.of === "string" ? Code.of`(string & {})` : Code.of`(number & {})`,
      ];
    case "const":
      return [
        typeof type.value === "object" && type.value !== null ? Code.of`unknown` : Code.literal(type.value),
      ];
    case "array": {
      const items = typeOf(type.items, action, isSent);
      const isUnion = membersOf(type.items, action, isSent).length > 1;
      return [isUnion ? Code.of`Array<${items}>` : Code.of`${items}[]`];
    }
    case "map":
      return [Code.of`Record<string, ${typeOf(type.values, action, isSent)}>`];
    case "object": {
      const { typeName = "" } = action.models.find(({ name }) => name === type.model) ?? {};
      return [Code.identifier(typeName)];
    }
    case "union":
      return type.members.flatMap((member) => membersOf(member, action, isSent));
    case "json":
      return [Code.of`unknown`];
  }
}
