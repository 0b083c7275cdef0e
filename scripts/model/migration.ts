import type { Action, Product, ProductSummary } from "./api-model.js";
import { oldKnownValues, oldMember } from "./compatibility.js";
import { nameActions, wantedNames } from "./names.js";
import { oldNamesOf } from "./old-names.js";

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

export interface MovedExport {
  /** Package that had it. */
  readonly from: string;
  /** Name of an export; or path of a module, with `/`. */
  readonly old: string;
  /** Package that has it; `""` if there is none. */
  readonly to: string;
  readonly new: string;
  /** What became of it, as a sentence. */
  readonly note: string;
}

export interface MovedMember {
  /** Module of the interface: `actions/DescribeUMemSpace`. */
  readonly module: string;
  readonly interface: string;
  readonly old: string;
  /** `""` if it must be changed by hand. */
  readonly new: string;
  readonly note: string;
}

/**
 * Returns all old names of a package, whether it still has aliases for them or not; `undefined` if there are none.
 *
 * @param products of the specification: those that actions moved to, or came from.
 */
export function migrationOf(
  product: Product,
  products: readonly ProductSummary[],
  packageOf: (product: string) => string,
): Migration | undefined {
  const own = packageOf(product.name);
  const old = oldNamesOf(product);
  const actionOf = (name: string) => product.actions.find((action) => action.name === name);
  const exports: MovedExport[] = [];
  const members: MovedMember[] = [];
  for (const { name, kind, to, version } of old.actions) {
    const action = actionOf(to);
    const names = wantedNames(name);
    const target = products.find(
      (one) => kind === "moved" && one.name === to && one.actions.some((other) => other.name === name),
    );
    if (kind === "renamed" && action !== undefined) {
      const note = `Renamed to ${action.names.function} in version ${version}.`;
      exports.push(...exportsOf(own, name, own, action.name, exportPairs(name, action), note));
      members.push({
        module: "client",
        interface: "Client",
        old: names.function,
        new: action.names.function,
        note,
      });
    } else {
      const place = target === undefined ? "" : packageOf(to);
      const note =
        place === ""
          ? `Removed in version ${version}.`
          : `Moved to the package ${place} in version ${version}.`;
      const current = target && nameActions(target.actions.map((one) => one.name)).get(name);
      const pairs = Object.keys(names).map(
        (key) => [names[key as keyof typeof names], current?.[key as keyof typeof names] ?? ""] as const,
      );
      exports.push(...exportsOf(own, name, place, place === "" ? "" : name, pairs, note));
      members.push({ module: "client", interface: "Client", old: names.function, new: "", note });
    }
  }
  for (const [name, from, version] of arrivals(product)) {
    const action = actionOf(name) ?? actionOf(old.actions.find((one) => one.name === name)?.to ?? "");
    if (action === undefined) continue;
    const note = `Moved to the package ${own} in its version ${version}.`;
    exports.push(...exportsOf(packageOf(from), name, own, action.name, exportPairs(name, action), note));
  }
  for (const field of old.fields) {
    const action = actionOf(field.action);
    const member = action && oldMember(action, field);
    if (action === undefined || member === undefined) continue;
    const model = action.models.find((one) => one.name === member.model)?.typeName;
    const root = field.direction === "param" ? action.names.params : action.names.response;
    const note = member.note.split(". ")[0]?.replace(/\.?$/, ".").replaceAll("`", "") ?? "";
    members.push({
      module: `actions/${action.name}`,
      interface: model ?? root,
      old: field.name,
      new: member.current?.name ?? "",
      note,
    });
  }
  const taken = new Set(product.actions.flatMap(({ names }) => Object.values(names)));
  // A name that the package has again means something else.
  const kept = exports.filter((one) => one.from !== own || !taken.has(one.old));
  return kept.length + members.length === 0
    ? undefined
    : { actiongen: 1, package: own, exports: kept, members };
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

/** The actions that came from other products: name, product and version. */
function arrivals({ history }: Product): [name: string, from: string, version: string][] {
  return history.flatMap(({ version, changes }) =>
    changes
      .filter(({ rule }) => rule === "action-moved-here")
      .map(({ action, before }): [string, string, string] => [action, before, version]),
  );
}
