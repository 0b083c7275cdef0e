import type { Action, Brand, Field, ObjectModel, Type } from "../model/api-model.js";
import { modelsOf, responseFields } from "./operation-fields.js";
import type { TypeExpression } from "./type-expression.js";

/** A doc comment as a template prints it. */
export interface DocView {
  /** Lines of prose. */
  readonly prose: readonly string[];
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly isEmpty: boolean;
  /** Whether it fits on one line. */
  readonly isShort: boolean;
  /** Whether a blank line separates prose and tags. */
  readonly isSeparated: boolean;
}

/** An interface as a template prints it. */
export interface InterfaceView {
  readonly name: string;
  readonly doc: DocView;
  readonly fields: readonly FieldView[];
  /** Whether an object can have other fields than the listed ones, of known types. */
  readonly isOpen: boolean;
}

interface FieldView {
  readonly name: string;
  readonly doc: DocView;
  readonly optional: boolean;
  /** A `TypeExpression` in JSON. */
  readonly type: string;
}

/** The interfaces of an action's module: its parameters, its response, and the models that they refer to. */
export function interfacesOf(action: Action, { locationOptions }: Brand): InterfaceView[] {
  const { names, parameters } = action;
  const response = responseFields(action);
  const sent = modelsOf(action, typesOf(parameters));
  const received = modelsOf(action, typesOf(response));
  const options = new Map(Object.entries(locationOptions).map(([option, name]) => [name, option]));
  const nested = action.models.filter((model) => sent.includes(model) || received.includes(model));
  return [
    {
      name: names.params,
      doc: docView([`Parameters of \`${names.function}\`.`]),
      fields: parameters.map((field) => parameterView(field, action, options.get(field.name))),
      isOpen: false,
    },
    {
      name: names.response,
      doc: docView([`Response of \`${names.function}\`.`]),
      fields: response.map((field) => fieldView(field, action, false)),
      isOpen: isOpen(action.models.find(({ name }) => name === action.responseModel)),
    },
    ...nested
      .filter(({ name }) => name !== action.responseModel)
      .map((model) => ({
        name: model.typeName,
        doc: docView(model.description === "" ? [] : model.description.split("\n")),
        // Bytes are for what the client encodes before it is sent: a response has the string.
        fields: model.fields.map((field) => fieldView(field, action, !received.includes(model))),
        isOpen: isOpen(model),
      })),
  ];
}

/** Type of the items of a paged action's list, in JSON; `unknown` for another action. */
export function itemType(action: Action): string {
  const list = responseFields(action).find(({ name }) => name === action.paging?.items);
  const isList = list?.type.kind === "array";
  return JSON.stringify(isList ? expressionOf(list.type.items, action, false) : unknown);
}

/** Whether a call has to pass a parameter: locations can be set by options. */
export function hasRequired({ parameters }: Action, { locationOptions }: Brand): boolean {
  const located = Object.values(locationOptions);
  return parameters.some(({ name, required }) => required && !located.includes(name));
}

const unknown: TypeExpression = { kind: "keyword", keyword: "unknown" };

function isOpen(model: ObjectModel | undefined): boolean {
  return model?.additional !== undefined;
}

function typesOf(fields: readonly Field[]): Type[] {
  return fields.map(({ type }) => type);
}

function parameterView(field: Field, action: Action, option: string | undefined): FieldView {
  const view = fieldView(field, action, true);
  if (option === undefined) return view;
  const note = `Default: the \`${option}\` option of the call or the client.`;
  return { ...view, doc: docOf(field, note), optional: true };
}

function fieldView(field: Field, action: Action, isSent: boolean): FieldView {
  const note =
    isSent && isEncoded(field.type)
      ? "The client encodes it in base64: pass the plain value, as a string or as bytes."
      : "";
  return {
    name: field.name,
    doc: docOf(field, note),
    optional: !field.required,
    type: JSON.stringify(expressionOf(field.type, action, isSent)),
  };
}

function isEncoded(type: Type): boolean {
  if (type.kind === "array") return isEncoded(type.items);
  return type.kind === "string" && type.encoding === "base64";
}

/** The description, a note, then tags. */
function docOf({ type, description, deprecated, default: value, example }: Field, note: string): DocView {
  const blocks = [description, note].filter((block) => block !== "");
  return docView(blocks.length === 0 ? [] : blocks.join("\n\n").split("\n"), [
    ...(value === undefined ? [] : [{ name: "default", value: JSON.stringify(value) }]),
    // An example of an encoded value is the encoded one, which the caller must not pass.
    ...(example === undefined || isEncoded(type)
      ? []
      : [{ name: "example", value: JSON.stringify(example) }]),
    ...(deprecated ? [{ name: "deprecated", value: "" }] : []),
  ]);
}

function docView(prose: readonly string[], tags: DocView["tags"] = []): DocView {
  return {
    prose,
    tags,
    isEmpty: prose.length + tags.length === 0,
    isShort: prose.length + tags.length === 1,
    isSeparated: prose.length > 0 && tags.length > 0,
  };
}

function expressionOf(type: Type, action: Action, isSent: boolean): TypeExpression {
  const plain = plainExpression(type, action, isSent);
  if (!type.nullable) return plain;
  return { kind: "union", members: [plain, { kind: "literal", value: null }] };
}

function plainExpression(type: Type, action: Action, isSent: boolean): TypeExpression {
  switch (type.kind) {
    case "string": {
      const string: TypeExpression = { kind: "keyword", keyword: "string" };
      if (!isSent || type.encoding === "none") return string;
      return { kind: "union", members: [string, { kind: "name", name: "Uint8Array" }] };
    }
    case "integer":
    case "number":
      return { kind: "keyword", keyword: "number" };
    case "boolean":
      return { kind: "keyword", keyword: "boolean" };
    case "enum": {
      // A value that the vendor adds must not break programs that were compiled before.
      const open = { kind: "open", keyword: type.of === "string" ? "string" : "number" } as const;
      const known = type.values.map((value): TypeExpression => ({ kind: "literal", value }));
      return { kind: "union", members: [...known, open] };
    }
    case "const": {
      const { value } = type;
      const isLiteral = value === null || ["string", "number", "boolean"].includes(typeof value);
      return isLiteral ? { kind: "literal", value: value as string } : unknown;
    }
    case "array":
      return { kind: "array", items: expressionOf(type.items, action, isSent) };
    case "map":
      return { kind: "map", values: expressionOf(type.values, action, isSent) };
    case "object": {
      const { models, names, responseModel } = action;
      const model = models.find(({ name }) => name === type.model);
      return { kind: "name", name: type.model === responseModel ? names.response : (model?.typeName ?? "") };
    }
    case "union":
      return { kind: "union", members: type.members.map((member) => expressionOf(member, action, isSent)) };
    case "json":
      return unknown;
  }
}
