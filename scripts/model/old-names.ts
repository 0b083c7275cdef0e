import type { Product, ReleasedChange } from "./api-model.js";
import { isActionName } from "./names.js";

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
  const oldActions = new Map<string, OldAction>();
  const oldFields = createOldFields();
  for (const { version, changes } of [...history].reverse()) {
    // Paths are those of the actions' new names.
    for (const change of changes) followAction(change, version, oldActions, oldFields);
    for (const change of changes) followField(change, version, oldFields);
  }
  const known = new Set(actions.map(({ name }) => name));
  const isOld = ({ name, kind, to }: OldAction) =>
    isActionName(name) && !known.has(name) && (kind !== "renamed" || known.has(to));
  return {
    actions: [...oldActions.values()].filter(isOld),
    fields: oldFields.all().filter(({ action }) => known.has(action)),
  };
}

/** What became of a name, as a sentence. @param current what replaces it, as the sentence shows it. */
export function changeSentence({ kind, version }: Pick<NameChange, "kind" | "version">, current: string) {
  const verb = { renamed: "Renamed", moved: "Moved", removed: "Removed" }[kind];
  return `${verb}${kind === "removed" ? "" : ` to ${current}`} in version ${version}.`;
}

type OldFields = ReturnType<typeof createOldFields>;

/** Old fields, each once, in the order of the last change. */
function createOldFields() {
  const fields = new Map<string, OldField>();
  const keyOf = ({ action, direction, parent, name }: OldField) =>
    JSON.stringify([action, direction, parent, name]);
  const add = (field: OldField) => {
    fields.delete(keyOf(field));
    fields.set(keyOf(field), field);
  };
  return {
    all: () => [...fields.values()],
    add,
    /** @param by what an old field is from now on; `undefined` if its object is gone. */
    replace(field: OldField, by: OldField | undefined): void {
      if (field === by) return;
      fields.delete(keyOf(field));
      if (by !== undefined) add(by);
    },
  };
}

function followAction(
  { rule, action, before, after }: ReleasedChange,
  version: string,
  actions: Map<string, OldAction>,
  fields: OldFields,
): void {
  const isRenamed = rule === "action-renamed" || rule === "action-renamed-case";
  if (!isRenamed && rule !== "action-removed" && rule !== "action-moved-product") return;
  const name = isRenamed ? before : action;
  const kind = isRenamed ? "renamed" : rule === "action-removed" ? "removed" : "moved";
  const change: NameChange = { kind, to: after, version };
  // The end of a name is also that of the names that it had before.
  for (const old of actions.values()) {
    if (old.kind === "renamed" && old.to === name) actions.set(old.name, { ...old, ...change });
  }
  actions.set(name, { name, ...change });
  for (const field of fields.all())
    if (field.action === name) fields.replace(field, isRenamed ? { ...field, action: after } : undefined);
}

function followField(
  { rule, action, path, before, after }: ReleasedChange,
  version: string,
  fields: OldFields,
): void {
  const [, direction, kind, necessity] = /^(param|resp)-(renamed|moved|removed)(?:-(\w+))?$/.exec(rule) ?? [];
  if (direction !== "param" && direction !== "resp") return;
  if (kind !== "renamed" && kind !== "moved" && kind !== "removed") return;
  const [from, to] = kind === "removed" ? [path, ""] : [before, after];
  const change: NameChange = { kind, to: kind === "renamed" ? splitPath(to)[1] : to, version };
  for (const field of fields.all())
    if (field.action === action && field.direction === direction)
      fields.replace(field, followed(field, from, to, change));
  const [parent, name] = splitPath(from);
  fields.add({ action, direction, parent, name, required: necessity === "required", ...change });
}

/** What an old field is after a change of a path; `undefined` if its object is gone. @param to `""` if the path is gone. */
function followed(field: OldField, from: string, to: string, change: NameChange): OldField | undefined {
  const { version } = change;
  if (currentPath(field) === from) {
    const isElsewhere = change.kind === "renamed" && field.kind === "moved";
    return isElsewhere ? { ...field, to, version } : { ...field, ...change };
  }
  if (isInside(from, field.parent))
    return to === "" ? undefined : { ...field, parent: to + field.parent.slice(from.length) };
  if (field.kind !== "moved" || !isInside(from, field.to)) return field;
  return to === ""
    ? { ...field, kind: "removed", to, version }
    : { ...field, to: to + field.to.slice(from.length) };
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
