import type { Action, Brand, Field, Type } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { modelsOf, responseFields } from "../model/fields.js";
import type { MarkedAction } from "./change-marks.js";
import { Code, type DocTag, deprecatedTag, sinceTag } from "./code.js";

/**
 * The interfaces of an action's module: its parameters, its response, and the models that they refer to.
 *
 * @param members old names of their fields.
 */
export function interfacesOf(
  action: MarkedAction,
  { locationOptions }: Brand,
  members: readonly OldMember[] = [],
) {
  const { names, parameters, models, responseModel } = action;
  const response = responseFields(action);
  const sent = modelsOf(action, parameters);
  const received = modelsOf(action, response);
  const oldSent = members.filter(({ direction }) => direction === "param");
  const oldReceived = members.filter(({ direction }) => direction === "resp");
  const isIn = (model: string) => (member: OldMember) => member.model === model;
  const options = new Map(Object.entries(locationOptions).map(([option, name]) => [name, option]));
  return [
    {
      name: names.params,
      doc: Code.doc("", [`Parameters of \`${names.function}\`.`], deprecatedTag(action.deprecated)),
      fields: withOldNames(
        parameters.map((field) => fieldView(field, action, true, options.get(field.name))),
        { action, isSent: true, isReceived: false },
        oldSent.filter(isIn("")),
      ),
      isOpen: false,
    },
    {
      name: names.response,
      doc: Code.doc("", [`Response of \`${names.function}\`.`], deprecatedTag(action.deprecated)),
      fields: withOldNames(
        response.map((field) => fieldView(field, action, false)),
        { action, isSent: false, isReceived: true },
        oldReceived.filter(isIn("")),
      ),
      isOpen: models.some(({ name, additional }) => name === responseModel && additional !== undefined),
    },
    ...models
      .filter((model) => model.name !== responseModel && (sent.includes(model) || received.includes(model)))
      .map((model) => ({
        name: model.typeName,
        doc: Code.doc("", [model.description]),
        // Only parameters can be bytes, which the client encodes: a response has the encoded string.
        fields: withOldNames(
          model.fields.map((field) => fieldView(field, action, !received.includes(model))),
          { action, isSent: sent.includes(model), isReceived: received.includes(model) },
          members.filter(isIn(model.name)),
        ),
        isOpen: model.additional !== undefined,
      })),
  ];
}

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

interface FieldView {
  readonly name: string;
  readonly doc: Code;
  readonly optional: boolean;
  readonly type: Code;
}

/** @param option the option of a call or a client that sets the parameter, if any. */
function fieldView(field: Field, action: MarkedAction, isSent: boolean, option?: string): FieldView {
  const { name, type, required, description, deprecated, default: value, example } = field;
  const tags: DocTag[] = [];
  if (value !== undefined) tags.push(["default", JSON.stringify(value)]);
  // An example of an encoded value is the encoded one, which the caller must not pass.
  if (example !== undefined && !isEncoded(type)) tags.push(["example", JSON.stringify(example)]);
  tags.push(...sinceTag(action.marks?.of(field).since ?? ""), ...deprecatedTag(deprecated));
  const notes = [
    isSent && isEncoded(type)
      ? "The client encodes it in base64: pass the plain value, as a string or as bytes."
      : "",
    option === undefined
      ? ""
      : `${required ? "Required, unless" : "Default:"} the \`${option}\` option of the call or the client${required ? " is set" : ""}.`,
  ];
  return {
    name,
    doc: Code.doc("  ", [description, ...notes], tags),
    optional: !required || option !== undefined,
    type: typeOf(type, action, isSent),
  };
}

/** Use of an interface. */
interface Use {
  readonly action: Action;
  readonly isSent: boolean;
  readonly isReceived: boolean;
}

/** Adds old names to the fields of an interface. A required parameter can then be passed by either name, so that both are optional. */
function withOldNames(
  fields: readonly FieldView[],
  { action, isSent, isReceived }: Use,
  members: readonly OldMember[],
): FieldView[] {
  const isReplaced = (name: string) =>
    isSent && !isReceived && members.some((one) => one.current?.name === name);
  const byName = new Map(members.map((member) => [member.name, member]));
  return [
    ...fields.map((field) => (isReplaced(field.name) ? { ...field, optional: true } : field)),
    ...[...byName.values()].map(({ name, current, note }) => ({
      name,
      doc: Code.doc("  ", [], [["deprecated", note]]),
      optional: isSent || !current?.required,
      type: current === undefined ? Code.of`never` : typeOf(current.type, action, !isReceived),
    })),
  ];
}

function isEncoded(type: Type): boolean {
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
