import type { Action, Brand, Field } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { modelsOf, responseFields } from "../model/fields.js";
import { changeSentence } from "../model/old-names.js";
import type { MarkedAction } from "./change-marks.js";
import { Code, type DocTag, deprecatedTag, sinceTag } from "./code.js";
import { renamedTag } from "./old-names.js";
import { isEncoded, typeOf } from "./types.js";

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
  const docOf = (what: string) =>
    Code.doc("", [`${what} of \`${names.function}\`.`], deprecatedTag(action.deprecated));
  const options = new Map(Object.entries(locationOptions).map(([option, name]) => [name, option]));
  const ofBody = (wanted: OldMember["direction"]) =>
    members.filter(({ model, direction }) => model === "" && direction === wanted);
  return [
    {
      name: names.params,
      doc: docOf("Parameters"),
      fields: withOldNames(
        parameters.map((field) => fieldView(field, action, true, options.get(field.name))),
        { action, isSent: true, isReceived: false },
        ofBody("param"),
      ),
      isOpen: false,
    },
    {
      name: names.response,
      doc: docOf("Response"),
      fields: withOldNames(
        responseFields(action).map((field) => fieldView(field, action, false)),
        { action, isSent: false, isReceived: true },
        ofBody("resp"),
      ),
      isOpen: models.some(({ name, additional }) => name === responseModel && additional !== undefined),
    },
    ...modelInterfaces(action, members),
  ];
}

/** The interfaces of the models that parameters and responses refer to. */
function modelInterfaces(action: MarkedAction, members: readonly OldMember[]) {
  const sent = modelsOf(action, action.parameters);
  const received = modelsOf(action, responseFields(action));
  return action.models
    .filter(
      (model) => model.name !== action.responseModel && (sent.includes(model) || received.includes(model)),
    )
    .map((model) => {
      const use = { action, isSent: sent.includes(model), isReceived: received.includes(model) };
      // Only parameters can be bytes, which the client encodes: a response has the encoded string.
      const fields = model.fields.map((field) => fieldView(field, action, !use.isReceived));
      return {
        name: model.typeName,
        doc: Code.doc("", [model.description]),
        fields: withOldNames(
          fields,
          use,
          members.filter((one) => one.model === model.name),
        ),
        isOpen: model.additional !== undefined,
      };
    });
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
    ...[...byName.values()].map((old) => ({
      name: old.name,
      doc: Code.doc("  ", [], [oldTag(old)]),
      optional: isSent || !old.current?.required,
      type: old.current === undefined ? Code.of`never` : typeOf(old.current.type, action, !isReceived),
    })),
  ];
}

function oldTag(old: OldMember): DocTag {
  const current = `\`${old.to}\``;
  return old.current === undefined
    ? ["deprecated", changeSentence(old, current)]
    : renamedTag(old.version, current);
}
