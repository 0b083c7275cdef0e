import type { Action, ActionNames, Field, ObjectModel, Product, Type } from "./api-model.js";
import { responseFields } from "./fields.js";
import { exportedNames, wantedNames } from "./names.js";
import { isKept, lastVersionOf, type OldField, oldNamesOf } from "./old-names.js";

/** What a package has for programs that were written for earlier versions of it. */
export interface Compatibility {
  /** Actions that have another name now. */
  readonly aliases: readonly ActionAlias[];
  /** Actions that the package does not have any more. */
  readonly stubs: readonly ActionStub[];
  /** Old names of parameters and response fields, by action. */
  readonly members: ReadonlyMap<string, readonly OldMember[]>;
}

/** That of a package without earlier versions. */
export const noOldNames: Compatibility = { aliases: [], stubs: [], members: new Map() };

export interface ActionAlias {
  readonly name: string;
  readonly names: ActionNames;
  readonly action: Action;
  /** Types of known values, by their old and their current name. */
  readonly knownValues: readonly { readonly name: string; readonly current: string }[];
  /** What became of the name, as a sentence. */
  readonly note: string;
}

export interface ActionStub {
  readonly name: string;
  readonly function: string;
  /** What became of the action, as a sentence. */
  readonly note: string;
  /** What the error says after the name of the action. */
  readonly problem: string;
}

/** Old name of a parameter or response field. */
export interface OldMember {
  readonly direction: "param" | "resp";
  /** Name of the model whose objects had it; `""` for the parameters or the body. */
  readonly model: string;
  readonly name: string;
  readonly kind: OldField["kind"];
  /** The field that has the value today; `undefined` if the old name does not work any more. */
  readonly current: Field | undefined;
  /** Whether programs could rely on it. */
  readonly required: boolean;
  /** What became of the name, as a sentence. */
  readonly note: string;
  /** What an error says after the name. */
  readonly problem: string;
}

/** Returns the old names of a package that its version still has aliases or stubs for. */
export function compatibilityOf(
  product: Product,
  version: string,
  packageOf: (product: string) => string,
): Compatibility {
  const old = oldNamesOf(product);
  const taken = exportedNames(product.actions);
  const aliases: ActionAlias[] = [];
  const stubs: ActionStub[] = [];
  for (const one of old.actions) {
    const names = wantedNames(one.name);
    const action = product.actions.find(({ name }) => one.kind === "renamed" && name === one.to);
    // A name of an earlier version that is that of something else today has no alias.
    if (!isKept(one, version) || Object.values(names).some((name) => taken.has(name))) continue;
    if (action !== undefined) {
      const note = `Renamed to \`${action.names.function}\` in version ${one.version}. ${until(one.version)}`;
      const knownValues = oldKnownValues(one.name, action).filter(({ name }) => !taken.has(name));
      aliases.push({ name: one.name, names, action, knownValues, note });
    } else {
      const target = packageOf(one.to);
      const isMoved = one.kind === "moved";
      const note = isMoved
        ? `Moved to the package \`${target}\` in version ${one.version}.`
        : `Removed in version ${one.version}.`;
      const problem = isMoved
        ? `the action is in the package ${target} since version ${one.version}: install that package, and import ${names.function} from it. Nothing was sent.`
        : `the action was removed in version ${one.version}. Nothing was sent.`;
      stubs.push({ name: one.name, function: names.function, note, problem });
    }
  }
  const members = product.actions.map((action) => {
    const own = old.fields.filter((field) => field.action === action.name && isKept(field, version));
    return [action.name, own.flatMap((field) => oldMember(action, field) ?? [])] as const;
  });
  return { aliases, stubs, members: new Map(members) };
}

/** Types whose names begin with that of the action. */
export function oldKnownValues(old: string, { name, knownValues }: Action) {
  return knownValues.flatMap((known) =>
    known.name.startsWith(name) ? [{ name: old + known.name.slice(name.length), current: known.name }] : [],
  );
}

function until(version: string): string {
  return `The old name works in versions before ${lastVersionOf(version)}.`;
}

/** An old name with the object that had it; `undefined` if there is no such object, or if the name is in use again. */
export function oldMember(action: Action, old: OldField): OldMember | undefined {
  const { direction, parent, name, kind, to, version, required } = old;
  const object = objectAt(action, direction, parent);
  if (object === undefined || object.fields.some((field) => field.name === name)) return undefined;
  const field = kind === "renamed" ? object.fields.find((one) => one.name === to) : undefined;
  const base = { direction, model: object.model, name, kind, required };
  // The next page is requested by the current name.
  const isPosition = direction === "param" && parent === "" && to === action.paging?.offset;
  if (field !== undefined && !isPosition) {
    const note = `Renamed to \`${to}\` in version ${version}. ${until(version)}`;
    return { ...base, current: field, note, problem: "" };
  }
  const verb = direction === "param" ? "pass" : "read";
  const [note, problem] =
    kind === "removed"
      ? [`Removed in version ${version}.`, `was removed in version ${version}: do not ${verb} it`]
      : [`Moved to \`${to}\` in version ${version}.`, `is ${to} since version ${version}: ${verb} that`];
  return { ...base, current: undefined, note, problem };
}

/** An object of an action's parameters or response. */
interface ObjectAt {
  readonly model: string;
  readonly fields: readonly Field[];
}

/** Finds the object at a path, whose `N` and `*` are items of arrays and values of maps. */
function objectAt(action: Action, direction: "param" | "resp", path: string): ObjectAt | undefined {
  const root = { model: "", fields: direction === "param" ? action.parameters : responseFields(action) };
  let fields: readonly Field[] = root.fields;
  let type: Type | undefined;
  for (const part of path === "" ? [] : path.split(".")) {
    if (type?.kind === "array" && part === "N") type = type.items;
    else if (type?.kind === "map" && part === "*") type = type.values;
    else {
      if (type !== undefined) fields = modelOf(action, type)?.fields ?? [];
      type = fields.find(({ name }) => name === part)?.type;
      if (type === undefined) return undefined;
    }
  }
  if (type === undefined) return root;
  const model = modelOf(action, type);
  return model === undefined ? undefined : { model: model.name, fields: model.fields };
}

function modelOf({ models }: Action, type: Type): ObjectModel | undefined {
  return type.kind === "object" ? models.find(({ name }) => name === type.model) : undefined;
}
