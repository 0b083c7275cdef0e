import type { OldFields, OldModels } from "../../templates/runtime/old-names.js";
import type { Action, Field, Type } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { responseFields } from "../model/fields.js";
import { Code } from "./code.js";

/** Code of an action's old names, as the runtime reads them; `null` if there are none. */
export function oldNamesCode(action: Action, members: readonly OldMember[]): Code | null {
  const sent = tablesOf(
    action,
    action.parameters,
    members.filter(({ direction }) => direction === "param"),
  );
  // A program had to expect that an optional field is missing.
  const hasGetter = ({ direction, kind, required }: OldMember) =>
    direction === "resp" && (kind !== "removed" || required);
  const received = tablesOf(action, responseFields(action), members.filter(hasGetter));
  const isEmpty = [sent, received].every((tables) => Object.keys(tables).length === 0);
  const code = [sent, received].map((tables) => Code.literal(tables, "  "));
  return isEmpty ? null : Code.of`/* @__PURE__ */ oldNames(${Code.list(code)})`;
}

/** Old names by model, of the models that have some or lead to others that do. */
function tablesOf(action: Action, fields: readonly Field[], members: readonly OldMember[]): OldModels {
  const tables = new Map<string, OldFields>();
  const reached = withOldNames(action, members);
  const add = (model: string, own: readonly Field[]) => {
    if (tables.has(model)) return;
    const old = members.filter((member) => member.model === model);
    const inside = own.flatMap(({ name, type }) => {
      const text = modelText(type);
      return reached.has(text.replaceAll("*", "")) ? [[name, text] as const] : [];
    });
    tables.set(model, {
      ...nonEmpty(
        "renamed",
        old.flatMap(({ name, current }) => (current === undefined ? [] : [[name, current.name]])),
      ),
      ...nonEmpty(
        "removed",
        old.flatMap(({ name, current, problem }) => (current === undefined ? [[name, problem]] : [])),
      ),
      ...nonEmpty("inside", inside),
    });
    for (const [, text] of inside) {
      const inner = action.models.find(({ name }) => name === text.replaceAll("*", ""));
      if (inner !== undefined) add(inner.name, inner.fields);
    }
  };
  add("", fields);
  return Object.fromEntries([...tables].filter(([, table]) => Object.keys(table).length > 0));
}

function nonEmpty(key: keyof OldFields, entries: readonly (readonly string[])[]): OldFields {
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

/** Names of the models that have old names, or that contain one that does. */
function withOldNames({ models }: Action, members: readonly OldMember[]): Set<string> {
  const reached = new Set(members.map(({ model }) => model).filter(Boolean));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { name, fields } of models) {
      if (fields.some(({ type }) => reached.has(modelText(type).replaceAll("*", "")))) reached.add(name);
    }
  }
  return reached;
}

/** The model of a type's objects, with `*` for each map around them; `""` if it has none. */
function modelText(type: Type): string {
  if (type.kind === "array") return modelText(type.items);
  if (type.kind === "map") return `*${modelText(type.values)}`;
  return type.kind === "object" ? type.model : "";
}
