import type { Product, ReleasedChange } from "./api-model.js";
import { isActionName } from "./names.js";

/** What became of an action, a parameter or a response field that programs know from an earlier version. */
interface Fate {
  /** Name in the earlier version: of the action, or of the field in its object. */
  readonly name: string;
  readonly kind: "renamed" | "moved" | "removed";
  /** Current name of an action or field; product of an action that moved, path of a field that did; `""` if it was removed. */
  readonly to: string;
  /** Version that changed it last. */
  readonly version: string;
}

export type OldAction = Fate;

/** A parameter or response field of an earlier version. */
export interface OldField extends Fate {
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

/** The version that has no alias or stub any more for what a version changed. */
export function lastVersionOf(version: string): string {
  const [major, minor] = numbersOf(version);
  return `${major}.${minor + keptVersions}.0`;
}

/** Whether a version of a package has an alias or a stub for what another version changed. */
export function isKept({ version }: Fate, current: string): boolean {
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
  const follower = createFollower();
  for (const { version, changes } of [...history].reverse()) {
    // Paths are those of the actions' new names.
    for (const change of changes) follower.followAction(change, version);
    for (const change of changes) follower.followField(change, version);
  }
  const known = new Set(actions.map(({ name }) => name));
  return {
    actions: follower
      .actions()
      .filter(
        ({ name, kind, to }) =>
          isActionName(name) && !known.has(name) && (kind !== "renamed" || known.has(to)),
      ),
    fields: follower.fields().filter(({ action }) => known.has(action)),
  };
}

function createFollower() {
  const actions = new Map<string, OldAction>();
  const fields = new Map<string, OldField>();

  function followAction({ rule, action, before, after }: ReleasedChange, version: string): void {
    if (rule === "action-renamed" || rule === "action-renamed-case") {
      endActions(before, { kind: "renamed", to: after, version });
      const own = [...fields.values()].filter((field) => field.action === before);
      for (const field of own) replace(field, { ...field, action: after });
    } else if (rule === "action-removed" || rule === "action-moved-product") {
      endActions(action, { kind: rule === "action-removed" ? "removed" : "moved", to: after, version });
      for (const [key, field] of fields) if (field.action === action) fields.delete(key);
    }
  }

  /** The end of a name, which is also that of the names that it had before. */
  function endActions(name: string, end: Omit<Fate, "name">): void {
    for (const old of actions.values()) {
      if (old.kind === "renamed" && old.to === name) actions.set(old.name, { ...old, ...end });
    }
    actions.set(name, { name, ...end });
  }

  function followField({ rule, action, path, before, after }: ReleasedChange, version: string): void {
    const [, direction, change, necessity] =
      /^(param|resp)-(renamed|moved|removed)(?:-(\w+))?$/.exec(rule) ?? [];
    if (direction !== "param" && direction !== "resp") return;
    const own = [...fields.values()].filter((one) => one.action === action && one.direction === direction);
    const [from, to] = change === "removed" ? [path, ""] : [before, after];
    const [parent, name] = splitPath(from);
    const end =
      change === "renamed"
        ? ({ kind: "renamed", to: splitPath(to)[1], version } as const)
        : ({ kind: change === "moved" ? "moved" : "removed", to, version } as const);
    for (const field of own) {
      const isEnded = currentPath(field) === from;
      if (isEnded && end.kind === "renamed" && field.kind === "moved")
        replace(field, { ...field, to, version });
      else if (isEnded) replace(field, { ...field, ...end });
      else if (to === "" && isInside(from, field.parent)) remove(field);
      else if (isInside(from, field.parent))
        replace(field, { ...field, parent: to + field.parent.slice(from.length) });
      else if (field.kind === "moved" && isInside(from, field.to))
        replace(
          field,
          to === ""
            ? { ...field, kind: "removed", to, version }
            : { ...field, to: to + field.to.slice(from.length) },
        );
    }
    add({ action, direction, parent, name, required: necessity === "required", ...end });
  }

  const keyOf = ({ action, direction, parent, name }: OldField) =>
    JSON.stringify([action, direction, parent, name]);
  const add = (field: OldField) => {
    // In the order of the last change.
    fields.delete(keyOf(field));
    fields.set(keyOf(field), field);
  };
  const remove = (field: OldField) => fields.delete(keyOf(field));
  const replace = (field: OldField, by: OldField) => {
    remove(field);
    add(by);
  };

  return {
    followAction,
    followField,
    actions: () => [...actions.values()],
    fields: () => [...fields.values()],
  };
}

/** Path of the field that an old one is today; `""` if it is none. */
function currentPath({ kind, parent, to }: OldField): string {
  if (kind !== "renamed") return to;
  return parent === "" ? to : `${parent}.${to}`;
}

function isInside(outer: string, path: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** The path of the object, and the name of its field. */
function splitPath(path: string): [parent: string, name: string] {
  const end = path.lastIndexOf(".");
  return end === -1 ? ["", path] : [path.slice(0, end), path.slice(end + 1)];
}
