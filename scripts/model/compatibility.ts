import type { Action, ActionNames, Field, Product } from "./api-model.js";
import { fieldAt, modelOf, responseFields } from "./fields.js";
import { exportedNames, freeName, functionName, wantedNames } from "./names.js";
import { isKept, type OldAction, type OldField, oldNamesOf } from "./old-names.js";

/** What a package has for programs that were written for earlier versions of it. */
export interface Compatibility {
  /** Actions that have another name now. */
  readonly aliases: readonly ActionAlias[];
  /** Actions that the package does not have any more. */
  readonly stubs: readonly ActionStub[];
  /** Old names of parameters and response fields, by action. */
  readonly members: ReadonlyMap<string, readonly OldMember[]>;
}

/** The exports of an action under an earlier name of it. */
export interface ActionAlias extends OldAction {
  readonly names: ActionNames;
  readonly action: Action;
  /** Types of known values, by their old and their current name. */
  readonly knownValues: readonly { readonly name: string; readonly current: string }[];
}

/** An action that was removed, or that another product has. */
export interface ActionStub extends OldAction {
  readonly function: string;
}

/** Old name of a parameter or response field. */
export interface OldMember extends OldField {
  /** Name of the model whose objects had it; `""` for the parameters or the body. */
  readonly model: string;
  /** The field that has the value today; `undefined` if the old name does not work any more. */
  readonly current: Field | undefined;
}

/** Returns the old names of a package that its version still has aliases or stubs for. */
export function compatibilityOf(product: Product, version: string): Compatibility {
  const old = oldNamesOf(product);
  const taken = exportedNames(product.actions);
  // Functions get the plain names, as those of actions do; a name that is that of something else today has no alias.
  const kept = old.actions.filter((one) => {
    const name = functionName(one.name);
    if (!isKept(one, version) || taken.has(name)) return false;
    taken.add(name);
    return true;
  });
  const aliases: ActionAlias[] = [];
  const stubs: ActionStub[] = [];
  for (const one of kept) {
    const action = product.actions.find(({ name }) => one.kind === "renamed" && name === one.to);
    if (action === undefined) stubs.push({ ...one, function: functionName(one.name) });
    else aliases.push(aliasOf(one, action, taken));
  }
  const members = product.actions.map((action) => {
    const own = old.fields.filter((field) => field.action === action.name && isKept(field, version));
    return [action.name, own.flatMap((field) => oldMember(action, field) ?? [])] as const;
  });
  return { aliases, stubs, members: new Map(members) };
}

/** @param taken names of other exports, to which those of the alias are added. */
function aliasOf(one: OldAction, action: Action, taken: Set<string>): ActionAlias {
  const { function: name, ...others } = wantedNames(one.name);
  const free = Object.entries(others).map(([key, wanted]) => [key, freeName(wanted, taken)]);
  const knownValues = oldKnownValues(one.name, action).filter((known) => !taken.has(known.name));
  for (const known of knownValues) taken.add(known.name);
  return { ...one, names: { function: name, ...Object.fromEntries(free) }, action, knownValues };
}

/** Types whose names begin with that of the action. */
export function oldKnownValues(old: string, { name, knownValues }: Action) {
  return knownValues.flatMap((known) =>
    known.name.startsWith(name) ? [{ name: old + known.name.slice(name.length), current: known.name }] : [],
  );
}

/** An old name with the object that had it; `undefined` if there is no such object, or if the name is in use again. */
export function oldMember(action: Action, old: OldField): OldMember | undefined {
  const object = objectAt(action, old);
  if (object === undefined || object.fields.some((field) => field.name === old.name)) return undefined;
  const current = object.fields.find(({ name }) => old.kind === "renamed" && name === old.to);
  return { ...old, model: object.name, current };
}

/** The object that had an old field: its model, whose name is `""` if it is the parameters or the body. */
function objectAt(action: Action, { direction, parent }: OldField) {
  if (parent === "")
    return { name: "", fields: direction === "param" ? action.parameters : responseFields(action) };
  const found = fieldAt(action, direction, parent);
  return found && modelOf(action, found.type);
}
