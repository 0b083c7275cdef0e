import { isDeepStrictEqual } from "node:util";
import type { Action } from "../model/api-model.js";
import type { Found } from "./change.js";
import type { Direction } from "./direction.js";
import { compareFields, type FieldChange, type Side } from "./fields.js";
import { changesOfSingles } from "./moves.js";

/** Change of an action: of one of its parameters or response fields, or of the action itself, whose path is `""`. */
export type ActionChange = FieldChange;

/** What a comparison of actions takes from the configuration. */
export interface Settings {
  /** Names of the parameters that an option of the client sets. */
  readonly locationParameters: readonly string[];
  /** New path of each field that was renamed, by its old one. */
  readonly renames: Readonly<Record<string, string>>;
}

/** Compares two states of an action. */
export function compareActions(before: Action, after: Action, settings: Settings): ActionChange[] {
  return [
    ...compareFacts(before, after).map((found) => ({ ...found, path: "" })),
    ...sideChanges(parametersOf(before), parametersOf(after), "param", settings),
    ...sideChanges(responseOf(before), responseOf(after), "resp", settings),
  ];
}

function sideChanges(before: Side, after: Side, direction: Direction, settings: Settings): FieldChange[] {
  const { changes, removed, added } = compareFields(before, after, direction);
  const singles = changesOfSingles({ removed, added }, before, after, direction, settings.renames);
  return [...changes, ...singles].map((change) =>
    settings.locationParameters.includes(change.path) && isFilledByClients(change)
      ? { ...change, bump: "minor" as const, isHarmless: true }
      : change,
  );
}

/** A client that was created with a region sends it with every call. */
function isFilledByClients({ rule }: FieldChange): boolean {
  return rule === "param-added-required" || rule === "param-optional-to-required";
}

function parametersOf({ parameters, models }: Action): Side {
  return { fields: parameters, models };
}

function responseOf({ responseModel, models }: Action): Side {
  return { fields: models.find(({ name }) => name === responseModel)?.fields ?? [], models };
}

function compareFacts(before: Action, after: Action): Found[] {
  const found: Found[] = [
    ...compareNames(before, after),
    ...comparePaging(before, after),
    ...compareDownloads(before, after),
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

function comparePaging({ paging: old }: Action, { paging: current }: Action): Found[] {
  if (old === undefined || current === undefined) {
    if (old === current) return [];
    return [{ rule: current === undefined ? "paging-removed" : "paging-added" }];
  }
  return (["items", "total", "offset", "limit"] as const)
    .filter((key) => old[key] !== current[key])
    .map((key) => ({ rule: "paging-field-changed", before: old[key], after: current[key] }));
}

function compareDownloads({ download: old }: Action, { download: current }: Action): Found[] {
  if (old === undefined || current === undefined) {
    if (old === current) return [];
    const rule = current === undefined ? "download-removed" : "download-added";
    return [{ rule, before: old?.function ?? "", after: current?.function ?? "" }];
  }
  return [
    ...changed("download-renamed", old.function, current.function),
    ...changed("download-field-changed", old.links, current.links),
  ];
}

function compareWaits({ wait: old }: Action, { wait: current }: Action): Found[] {
  if (old === undefined || current === undefined) {
    if (old === current) return [];
    const rule = current === undefined ? "wait-removed" : "wait-added";
    return [{ rule, before: old?.function ?? "", after: current?.function ?? "" }];
  }
  const factsOf = ({ items, id, state, done, failed }: typeof old) =>
    `${items}: ${id}, ${state} is ${[...done, ...failed].join(" or ")}`;
  return [
    ...changed("wait-renamed", old.function, current.function),
    ...changed("wait-changed", factsOf(old), factsOf(current)),
  ];
}

function changed(rule: Found["rule"], before: string, after: string): Found[] {
  return before === after ? [] : [{ rule, before, after }];
}
