import type { NameChange, OldField } from "./old-names.js";
import type { ReleasedChange } from "./release.js";

/** A change of the path of a field, which makes it an old one. */
export interface FieldChange {
  readonly from: string;
  /** `""` if the field is gone. */
  readonly to: string;
  readonly old: OldField;
}

/** The change that a released one is, if it is one of a path. */
export function fieldChange(
  { rule, action, path, before, after }: ReleasedChange,
  version: string,
): FieldChange[] {
  const [, direction, kind, necessity] = /^(param|resp)-(renamed|moved|removed)(?:-(\w+))?$/.exec(rule) ?? [];
  if (direction !== "param" && direction !== "resp") return [];
  if (kind !== "renamed" && kind !== "moved" && kind !== "removed") return [];
  const [from, to] = kind === "removed" ? [path, ""] : [before, after];
  const [parent, name] = splitPath(from);
  const change: NameChange = { kind, to: kind === "renamed" ? splitPath(to)[1] : to, version };
  const required = necessity === "required";
  return [{ from, to, old: { action, direction, parent, name, required, ...change } }];
}

/** Changes by the parameters or the response that they are of, those of outer objects first. */
export function bySide(changes: readonly FieldChange[]): Map<string, FieldChange[]> {
  const found = new Map<string, FieldChange[]>();
  for (const change of [...changes].sort((a, b) => a.from.length - b.from.length)) {
    const side = sideOf(change.old);
    const known = found.get(side);
    if (known === undefined) found.set(side, [change]);
    else known.push(change);
  }
  return found;
}

/** Key of the parameters or the response that a field is of. */
export function sideOf({ action, direction }: OldField): string {
  return `${direction} ${action}`;
}

/**
 * What an old field is after the changes of a release to the parameters or the response: none if its object is gone. Changes in
 * an object that has another path are listed by that path.
 */
export function follow(field: OldField, changes: readonly FieldChange[]): OldField[] {
  const change = changes.find(({ from }) =>
    [field.parent, currentPath(field)].some((path) => isInside(from, path)),
  );
  if (change === undefined) return [field];
  const inner = changes.filter((one) => one !== change && isWithin(change.to, one.from));
  return afterChange(field, change).flatMap((one) => follow(one, inner));
}

function afterChange(field: OldField, { from, to, old }: FieldChange): OldField[] {
  const { kind, to: name, version } = old;
  const required = field.required || old.required;
  if (isInside(from, field.parent))
    return to === "" ? [] : [{ ...field, parent: to + field.parent.slice(from.length) }];
  if (currentPath(field) !== from)
    return [
      to === ""
        ? { ...field, kind, to, version, required }
        : { ...field, to: to + field.to.slice(from.length) },
    ];
  const isElsewhere = kind === "renamed" && field.kind === "moved";
  return [isElsewhere ? { ...field, to, version } : { ...field, kind, to: name, version, required }];
}

/** Old fields, each once: the last one of a path. */
export function distinct(fields: readonly OldField[]): OldField[] {
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

/** Whether a path is that of a field in the objects of another. */
export function isWithin(object: string, path: string): boolean {
  return object !== "" && path.startsWith(`${object}.`);
}

/** The path of the object, and the name of its field. */
function splitPath(path: string): [parent: string, name: string] {
  const end = path.lastIndexOf(".");
  return end === -1 ? ["", path] : [path.slice(0, end), path.slice(end + 1)];
}
