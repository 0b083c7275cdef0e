import type { Action, ActionNames, Product, ProductSummary } from "./api-model.js";
import { oldKnownValues, oldMember } from "./compatibility.js";
import { exportedNames, functionName, nameActions, wantedNames } from "./names.js";
import { changeSentence, type OldAction, type OldField, oldNamesOf } from "./old-names.js";

/** Names of earlier versions of a package with the current ones, for `actiongen migrate`: the content of `migration.json`. */
export interface Migration {
  /** Version of this form. */
  readonly actiongen: 1;
  readonly package: string;
  /** Modules and names that are called otherwise, or that another package has. */
  readonly exports: readonly MovedExport[];
  /** Members of interfaces. */
  readonly members: readonly MovedMember[];
}

/** An export or a module of an earlier version. */
export interface MovedExport {
  /** Package that had it. */
  readonly from: string;
  /** Name of an export; or path of a module, with `/`. */
  readonly old: string;
  /** Package that has it; `""` if there is none, or if its own `migration.json` says by which name. */
  readonly to: string;
  readonly new: string;
  /** What became of it, as a sentence. */
  readonly note: string;
}

/** A member of an interface in an earlier version. */
export interface MovedMember {
  /** Module of the interface: `actions/DescribeUMemSpace`. */
  readonly module: string;
  readonly interface: string;
  readonly old: string;
  /** `""` if it must be changed by hand. */
  readonly new: string;
  readonly note: string;
}

type PackageOf = (product: string) => string;

/**
 * Returns all old names of a package, whether it still has aliases for them or not.
 *
 * @param products of the specification: those that actions moved to, or came from.
 */
export function migrationOf(
  product: Product,
  products: readonly ProductSummary[],
  packageOf: PackageOf,
): Migration {
  const own = packageOf(product.name);
  const old = oldNamesOf(product);
  // A name that the package has again means something else.
  const taken = exportedNames(product.actions);
  // Of two exports of one name, the function had the plain one.
  const owners = new Map(old.actions.map((one) => [functionName(one.name), one]));
  const exports = old.actions.flatMap((one) =>
    exportsOfAction(one, product, products, packageOf).filter(
      ({ old: name }) => !taken.has(name) && (owners.get(name) ?? one) === one,
    ),
  );
  const methods = old.actions.map((one) => clientMember(one, product, packageOf));
  return {
    actiongen: 1,
    package: own,
    exports: [...exports, ...arrivedExports(product, old.actions, packageOf)],
    members: [
      ...methods.filter((one) => !taken.has(one.old)),
      ...old.fields.flatMap((field) => fieldMember(field, product)),
    ],
  };
}

/** The exports of an action that has another name now, that another package has, or that is gone. */
function exportsOfAction(
  old: OldAction,
  product: Product,
  products: readonly ProductSummary[],
  packageOf: PackageOf,
): MovedExport[] {
  const { name } = old;
  const own = packageOf(product.name);
  const note = noteOf(old, product, packageOf);
  const action = renamedAction(old, product);
  if (action !== undefined) return exportsOf(own, name, own, action.name, exportPairs(name, action), note);
  const target = products.find((one) => old.kind === "moved" && one.name === old.to);
  const current = nameActions(target?.actions.map((one) => one.name) ?? []).get(name);
  const names = Object.entries(wantedNames(name));
  const pairs = names.map(([key, wanted]) => [wanted, current?.[key as keyof ActionNames] ?? ""] as const);
  return current === undefined
    ? exportsOf(own, name, "", "", pairs, note)
    : exportsOf(own, name, packageOf(old.to), name, pairs, note);
}

/** The exports of the actions that came from other packages. */
function arrivedExports(product: Product, old: readonly OldAction[], packageOf: PackageOf): MovedExport[] {
  const own = packageOf(product.name);
  return product.history.flatMap(({ version, changes }) =>
    changes.flatMap(({ rule, action: name, before }) => {
      const now = old.find((one) => one.kind === "renamed" && one.name === name)?.to ?? name;
      const action = product.actions.find((one) => one.name === now);
      if (rule !== "action-moved-here" || action === undefined) return [];
      const note = `Moved to the package ${own} in its version ${version}.`;
      return exportsOf(packageOf(before), name, own, action.name, exportPairs(name, action), note);
    }),
  );
}

/** The method of an action that has another name now, or that is gone. */
function clientMember(old: OldAction, product: Product, packageOf: PackageOf): MovedMember {
  return {
    module: "client",
    interface: "Client",
    old: functionName(old.name),
    new: renamedAction(old, product)?.names.function ?? "",
    note: noteOf(old, product, packageOf),
  };
}

function fieldMember(field: OldField, { actions }: Product): MovedMember[] {
  const action = actions.find(({ name }) => name === field.action);
  const member = action && oldMember(action, field);
  if (action === undefined || member === undefined) return [];
  const model = action.models.find(({ name }) => name === member.model)?.typeName;
  const root = field.direction === "param" ? action.names.params : action.names.response;
  return [
    {
      module: `actions/${action.name}`,
      interface: model ?? root,
      old: field.name,
      new: member.current?.name ?? "",
      note: changeSentence(field, field.to),
    },
  ];
}

function renamedAction({ kind, to }: OldAction, { actions }: Product): Action | undefined {
  return actions.find(({ name }) => kind === "renamed" && name === to);
}

function noteOf(old: OldAction, product: Product, packageOf: PackageOf): string {
  const current = renamedAction(old, product)?.names.function ?? `the package ${packageOf(old.to)}`;
  return changeSentence(old, current);
}

/** Names of an action's exports in an earlier version, with the current ones. */
function exportPairs(name: string, action: Action): [old: string, current: string][] {
  const names = wantedNames(name);
  return [
    ...Object.entries(names).map(([key, old]): [string, string] => [
      old,
      action.names[key as keyof typeof names],
    ]),
    ...oldKnownValues(name, action).map((known): [string, string] => [known.name, known.current]),
  ];
}

function exportsOf(
  from: string,
  name: string,
  to: string,
  current: string,
  pairs: readonly (readonly [old: string, current: string])[],
  note: string,
): MovedExport[] {
  const modules = ["actions", "testing"].map(
    (folder) => [`${folder}/${name}`, current && `${folder}/${current}`] as const,
  );
  return [...modules, ...pairs]
    .filter(([old, now]) => from !== to || old !== now)
    .map(([old, now]) => ({ from, old, to, new: now, note }));
}
