import type { Product } from "./api-model.js";
import { isActionName } from "./names.js";
import { bySide, distinct, fieldChange, follow, sideOf } from "./old-fields.js";
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
    const own = changes
      .flatMap((change) => fieldChange(change, version))
      .filter(({ old }) => ends.get(old.action)?.kind !== "moved");
    const ofSides = bySide(own);
    const followed = oldFields
      .flatMap((field) => inNewAction(field, ends))
      .flatMap((one) => follow(one, ofSides.get(sideOf(one)) ?? []));
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
