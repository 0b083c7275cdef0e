import type { Product } from "./api-model.js";
import { isActionName } from "./names.js";
import type { ReleasedChange } from "./release.js";

/** What became of an action, a parameter or a response field that programs know from an earlier version. */
export interface NameChange {
  readonly kind: "renamed" | "moved" | "removed";
  /** Current name of an action or field; product of an action that moved, path of a field that did; `""` if it was removed. */
  readonly to: string;
  /** Version that changed it last. */
  readonly version: string;
}

/** An action of an earlier version. */
export interface OldAction extends NameChange {
  readonly name: string;
}

/** A parameter or response field of an earlier version. */
export interface OldField extends NameChange {
  /** Name in its object. */
  readonly name: string;
  /** Name of its action today. */
  readonly action: string;
  readonly direction: "param" | "resp";
  /** Path of the object that had it, as it is called today; `""` for the parameters or the body itself. */
  readonly parent: string;
  /** Whether a response always had it. */
  readonly required: boolean;
}

/** The names of earlier versions that a package does not have any more, with what became of each. */
export interface OldNames {
  /** Sorted by version, the oldest first. */
  readonly actions: readonly OldAction[];
  readonly fields: readonly OldField[];
}

/** Number of minor versions that have an alias or a stub for an old name. */
const keptVersions = 2;

/** The first version that has no alias or stub any more for what a version changed. */
export function removalVersionOf(version: string): string {
  const [major, minor] = numbersOf(version);
  return `${major}.${minor + keptVersions}.0`;
}

/** Whether a version of a package has an alias or a stub for what another version changed. */
export function isKept({ version }: NameChange, current: string): boolean {
  const [major, minor] = numbersOf(version);
  const [currentMajor, currentMinor] = numbersOf(current);
  return major === currentMajor && currentMinor < minor + keptVersions;
}

function numbersOf(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return [major, minor];
}

/**
 * Follows the names of a product's actions, parameters and response fields through its releases: an action that was renamed
 * twice is called by its last name, and a name that the package has again is not an old one.
 */
export function oldNamesOf({ actions, history }: Pick<Product, "actions" | "history">): OldNames {
  let oldActions: readonly OldAction[] = [];
  let oldFields: readonly OldField[] = [];
  for (const { version, changes } of [...history].reverse()) {
    // All changes of a release are made at once: a name can be given to something else in the release that ends it.
    const ends = new Map(changes.flatMap((change) => actionEnd(change, version)));
    oldActions = [
      ...oldActions
        .filter(({ name }) => !ends.has(name))
        .map((old) => (old.kind === "renamed" ? { ...old, ...ends.get(old.to) } : old)),
      ...[...ends].map(([name, end]) => ({ name, ...end })),
    ];
    // Paths are those of the actions' new names.
    const own = changes.flatMap((change) => fieldChange(change, version));
    const followed = oldFields
      .flatMap((field) => inNewAction(field, ends))
      .flatMap((one) => follow(one, own));
    oldFields = distinct([...followed, ...own.map(({ old }) => old)]);
  }
  const known = new Set(actions.map(({ name }) => name));
  const isOld = ({ name, kind, to }: OldAction) =>
    isActionName(name) && !known.has(name) && (kind !== "renamed" || known.has(to));
  return {
    actions: oldActions.filter(isOld),
    fields: oldFields.filter(({ action }) => known.has(action)),
  };
}

/** What became of a name, as a sentence. @param current what replaces it, as the sentence shows it. */
export function changeSentence({ kind, version }: Pick<NameChange, "kind" | "version">, current: string) {
  const verb = { renamed: "Renamed", moved: "Moved", removed: "Removed" }[kind];
  return `${verb}${kind === "removed" ? "" : ` to ${current}`} in version ${version}.`;
}

/** The name of an action that a change ends, and what became of it; none for any other change. */
function actionEnd(
  { rule, action, before, after }: ReleasedChange,
  version: string,
): [name: string, end: NameChange][] {
  if (rule === "action-renamed" || rule === "action-renamed-case")
    return [[before, { kind: "renamed", to: after, version }]];
  if (rule === "action-removed") return [[action, { kind: "removed", to: "", version }]];
  return rule === "action-moved-product" ? [[action, { kind: "moved", to: after, version }]] : [];
}

/** An old field of an action that may have another name now, or be gone. */
function inNewAction(field: OldField, ends: ReadonlyMap<string, NameChange>): OldField[] {
  const end = ends.get(field.action);
  if (end === undefined) return [field];
  return end.kind === "renamed" ? [{ ...field, action: end.to }] : [];
}

/** A change of the path of a field, which makes it an old one. */
interface FieldChange {
  readonly from: string;
  /** `""` if the field is gone. */
  readonly to: string;
  readonly old: OldField;
}

function fieldChange({ rule, action, path, before, after }: ReleasedChange, version: string): FieldChange[] {
  const [, direction, kind, necessity] = /^(param|resp)-(renamed|moved|removed)(?:-(\w+))?$/.exec(rule) ?? [];
  if (direction !== "param" && direction !== "resp") return [];
  if (kind !== "renamed" && kind !== "moved" && kind !== "removed") return [];
  const [from, to] = kind === "removed" ? [path, ""] : [before, after];
  const [parent, name] = splitPath(from);
  const change: NameChange = { kind, to: kind === "renamed" ? splitPath(to)[1] : to, version };
  const required = necessity === "required";
  return [{ from, to, old: { action, direction, parent, name, required, ...change } }];
}

/** What an old field is after the changes of a release: none if its object is gone. */
function follow(field: OldField, changes: readonly FieldChange[]): OldField[] {
  const concerns = ({ from, old }: FieldChange) =>
    old.action === field.action &&
    old.direction === field.direction &&
    [field.parent, currentPath(field)].some((path) => isInside(from, path));
  const change = changes.find(concerns);
  if (change === undefined) return [field];
  const {
    from,
    to,
    old: { kind, to: name, version },
  } = change;
  if (isInside(from, field.parent))
    return to === "" ? [] : [{ ...field, parent: to + field.parent.slice(from.length) }];
  if (currentPath(field) !== from)
    return [to === "" ? { ...field, kind, to, version } : { ...field, to: to + field.to.slice(from.length) }];
  const isElsewhere = kind === "renamed" && field.kind === "moved";
  return [isElsewhere ? { ...field, to, version } : { ...field, kind, to: name, version }];
}

/** Old fields, each once: the last one of a path. */
function distinct(fields: readonly OldField[]): OldField[] {
  const keyOf = ({ action, direction, parent, name }: OldField) =>
    JSON.stringify([action, direction, parent, name]);
  return [...new Map(fields.map((field) => [keyOf(field), field])).values()];
}

/** Path of the field that an old one is today; `""` if it is none. */
function currentPath({ kind, parent, to }: OldField): string {
  if (kind !== "renamed") return to;
  return parent === "" ? to : `${parent}.${to}`;
}

/** Whether a path is that of a field, or of one in its objects. */
export function isInside(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** The path of the object, and the name of its field. */
function splitPath(path: string): [parent: string, name: string] {
  const end = path.lastIndexOf(".");
  return end === -1 ? ["", path] : [path.slice(0, end), path.slice(end + 1)];
}
