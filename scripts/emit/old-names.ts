import type { OldFields, OldModels } from "../../templates/runtime/old-names.js";
import type { Action, Field, Type } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { responseFields } from "../model/fields.js";
import { changeSentence, removalVersionOf } from "../model/old-names.js";
import { Code, type DocTag } from "./code.js";

/** Code of an action's old names, as the runtime reads them; `null` if there are none. */
export function oldNamesCode(action: Action, members: readonly OldMember[]): Code | null {
  const sent = tablesOf(
    action,
    action.parameters,
    members.filter(({ direction }) => direction === "param"),
  );
  // A program had to expect that an optional field is missing; but one that moved is still there.
  const hasGetter = ({ direction, kind, required }: OldMember) =>
    direction === "resp" && (kind !== "removed" || required);
  const received = tablesOf(action, responseFields(action), members.filter(hasGetter));
  const isEmpty = [sent, received].every((tables) => Object.keys(tables).length === 0);
  const code = [sent, received].map((tables) => Code.literal(tables, "  "));
  return isEmpty ? null : Code.of`/* @__PURE__ */ oldNames(${Code.list(code)})`;
}

/** What an error says of an old name that does not work any more, after the name. */
function problemOf({ direction, kind, to, version }: OldMember): string {
  const verb = direction === "param" ? "pass" : "read";
  return kind === "removed"
    ? `was removed in version ${version}: do not ${verb} it`
    : `was ${kind} to ${to} in version ${version}: ${verb} that`;
}

/** The tag of an old name that still works. @param current the name that replaces it, quoted. */
export function renamedTag(version: string, current: string): DocTag {
  const until = `The old name works in versions before ${removalVersionOf(version)}.`;
  return ["deprecated", `${changeSentence({ kind: "renamed", version }, current)} ${until}`];
}

/** Old names by model, of the models that have some or lead to others that do. */
function tablesOf(action: Action, root: readonly Field[], members: readonly OldMember[]): OldModels {
  const tables = new Map<string, OldFields>();
  const reached = modelsWithOldNames(action, members);
  const add = (model: string, fields: readonly Field[], additional?: Type) => {
    if (tables.has(model)) return;
    const old = members.filter((member) => member.model === model);
    const others = additional && objectsOf(additional);
    const isOpen = others !== undefined && reached.has(others.model);
    const inside = fields.flatMap(({ name, type }) => {
      const objects = objectsOf(type);
      if (reached.has(objects.model)) return [{ name, ...objects }];
      return isOpen ? [{ name, model: "", text: "" }] : [];
    });
    if (isOpen) inside.push({ name: "*", ...others });
    tables.set(model, {
      ...nonEmpty(
        "renamed",
        old.flatMap(({ name, current }) => (current === undefined ? [] : [[name, current.name]])),
      ),
      ...nonEmpty(
        "removed",
        old.flatMap((one) => (one.current === undefined ? [[one.name, problemOf(one)]] : [])),
      ),
      ...nonEmpty(
        "inside",
        inside.map(({ name, text }) => [name, text]),
      ),
    });
    for (const objects of inside) {
      const inner = action.models.find(({ name }) => name === objects.model);
      if (inner !== undefined) add(inner.name, inner.fields, inner.additional);
    }
  };
  add("", root);
  return Object.fromEntries([...tables].filter(([, table]) => Object.keys(table).length > 0));
}

function nonEmpty(key: keyof OldFields, entries: readonly (readonly string[])[]): OldFields {
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

/** Names of the models that have old names, or that contain one that does. */
function modelsWithOldNames({ models }: Action, members: readonly OldMember[]): Set<string> {
  const reached = new Set(members.map(({ model }) => model).filter(Boolean));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { name, fields, additional } of models) {
      const types = [...fields.map(({ type }) => type), ...(additional === undefined ? [] : [additional])];
      if (types.some((type) => reached.has(objectsOf(type).model))) reached.add(name);
    }
  }
  return reached;
}

/** The model of a type's objects, `""` if it has none, and as the runtime reads it: with `*` for each map around them. */
function objectsOf(type: Type): { model: string; text: string } {
  if (type.kind === "array") return objectsOf(type.items);
  if (type.kind !== "map")
    return type.kind === "object" ? { model: type.model, text: type.model } : { model: "", text: "" };
  const { model, text } = objectsOf(type.values);
  return { model, text: `*${text}` };
}
