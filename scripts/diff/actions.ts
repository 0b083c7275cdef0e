import { isDeepStrictEqual } from "node:util";
import type { Action } from "../model/api-model.js";
import type { Found, FoundAt } from "./change.js";
import type { Direction } from "./direction.js";
import type { Side } from "./fields.js";
import { compareSides } from "./moves.js";
import type { FieldRenames } from "./pairs.js";

/** What a comparison of actions takes from the configuration. */
export interface Settings {
  /** Names of the parameters that an option of the client sets. */
  readonly locationParameters: readonly string[];
  readonly renames: FieldRenames;
}

/** Compares two states of an action: each change is that of a parameter, of a response field, or of the action, whose path is `""`. */
export function compareActions(before: Action, after: Action, settings: Settings): FoundAt[] {
  const found = [
    ...compareFacts(before, after).map((one) => ({ ...one, path: "" })),
    ...sideChanges(parametersOf(before), parametersOf(after), "param", settings),
    ...sideChanges(responseOf(before), responseOf(after), "resp", settings),
  ];
  // Members of a union can have the same change.
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function sideChanges(before: Side, after: Side, direction: Direction, settings: Settings): FoundAt[] {
  return compareSides(before, after, direction, settings.renames).map((change) =>
    settings.locationParameters.includes(change.path) && isFilledByClients(change)
      ? { ...change, bump: "minor" as const, isHarmless: true }
      : change,
  );
}

/** A client that was created with a region sends it with every call. */
function isFilledByClients({ rule }: Found): boolean {
  return rule === "param-added-required" || rule === "param-optional-to-required";
}

function parametersOf({ parameters, models }: Action): Side {
  return { root: { name: "", fields: parameters, additional: undefined }, models };
}

function responseOf({ responseModel, models }: Action): Side {
  const root = models.find(({ name }) => name === responseModel);
  return { root: root ?? { name: "", fields: [], additional: undefined }, models };
}

function compareFacts(before: Action, after: Action): Found[] {
  const found: Found[] = [
    ...compareNames(before, after),
    ...compareKnownValues(before, after),
    ...comparePaging(before, after),
    ...compareHelpers("download", before.download, after.download, ({ links }) => links),
    ...compareWaits(before, after),
  ];
  if (before.deprecated !== after.deprecated)
    found.push({ rule: after.deprecated ? "action-deprecated" : "action-undeprecated" });
  if (before.retrySafe !== after.retrySafe)
    found.push({ rule: after.retrySafe ? "retry-safe-on" : "retry-safe-off" });
  if (before.documentation !== after.documentation)
    found.push({ rule: "page-moved", before: before.documentation, after: after.documentation });
  if (!isDeepStrictEqual(before.sample, after.sample)) found.push({ rule: "action-sample" });
  const docsOf = ({ summary, description, responseExample }: Action) => [
    summary,
    description,
    responseExample,
  ];
  if (!isDeepStrictEqual(docsOf(before), docsOf(after))) found.push({ rule: "action-docs" });
  return found;
}

/** Identifiers that change although the action's name did not: another action took one. */
function compareNames({ name, names: old }: Action, { name: newName, names: current }: Action): Found[] {
  if (name !== newName) return [];
  return (Object.keys(old) as (keyof typeof old)[])
    .filter((key) => old[key] !== current[key])
    .map((key) => ({ rule: "action-export-renamed", before: old[key], after: current[key] }));
}

/** Types of known values, whose names contain those of schemas and of the item of a list. */
function compareKnownValues(before: Action, after: Action): Found[] {
  if (before.name !== after.name) return [];
  const namesOf = ({ knownValues }: Action) => new Set(knownValues.map(({ name }) => name));
  const [old, current] = [namesOf(before), namesOf(after)];
  const added = after.knownValues.filter(({ name }) => !old.has(name));
  return before.knownValues
    .filter(({ name }) => !current.has(name))
    .flatMap(({ name, field }): Found[] => {
      const index = added.findIndex((one) => one.field === field);
      if (index === -1) return [];
      return added
        .splice(index, 1)
        .map((one) => ({ rule: "action-known-values-renamed", before: name, after: one.name }));
    });
}

function comparePaging({ paging: old }: Action, { paging: current }: Action): Found[] {
  if (old === undefined || current === undefined) {
    if (old === current) return [];
    return [{ rule: current === undefined ? "paging-removed" : "paging-added" }];
  }
  return (["items", "total", "offset", "limit"] as const)
    .filter((key) => old[key] !== current[key])
    .map((key) => ({ rule: "paging-field-changed", before: old[key], after: current[key] }));
}

/** Compares functions that a package has for an action, and facts about them as text. */
function compareHelpers<Helper extends { readonly function: string }>(
  kind: "download" | "wait",
  old: Helper | undefined,
  current: Helper | undefined,
  factsOf: (helper: Helper) => string,
): Found[] {
  if (old === undefined || current === undefined) {
    if (old === current) return [];
    const rule = current === undefined ? (`${kind}-removed` as const) : (`${kind}-added` as const);
    return [{ rule, before: old?.function ?? "", after: current?.function ?? "" }];
  }
  const changeOfFacts = kind === "download" ? "download-field-changed" : "wait-changed";
  return [
    ...changed(`${kind}-renamed`, old.function, current.function),
    ...changed(changeOfFacts, factsOf(old), factsOf(current)),
  ];
}

function compareWaits({ wait: old }: Action, { wait: current }: Action): Found[] {
  const list = (states: readonly string[]) => [...states].sort().join(" or ");
  const found = compareHelpers("wait", old, current, ({ items, id, state, done, failed }) => {
    const failures = failed.length === 0 ? "" : `, failed if ${list(failed)}`;
    return `${items}: ${id}, ${state} is ${list(done)}${failures}`;
  });
  // The items of another list have another type.
  const isMajor = old !== undefined && current !== undefined && old.items !== current.items;
  return found.map((one) =>
    isMajor && one.rule === "wait-changed" ? { ...one, bump: "major" as const } : one,
  );
}

function changed(rule: Found["rule"], before: string, after: string): Found[] {
  return before === after ? [] : [{ rule, before, after }];
}
