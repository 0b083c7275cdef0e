import type { Action } from "../model/api-model.js";

/** New name by the old one: of an action, or of a field as `Action.Field` with the field's old and new path. */
export type Renames = Readonly<Record<string, string>>;

/** Both states of each action: by name, by a configured rename, or by a name that differs in case. */
export function pairActions(
  before: readonly Action[],
  after: readonly Action[],
  renames: Renames,
): (readonly [Action | undefined, Action | undefined])[] {
  const current = new Map(after.map((action) => [action.name, action]));
  const names = new Set(before.map(({ name }) => name));
  const free = new Map(
    after.filter(({ name }) => !names.has(name)).map((action) => [action.name.toLowerCase(), action]),
  );
  const taken = new Set<Action>();
  const pairs = before.map((old) => {
    const hint = Object.hasOwn(renames, old.name) ? renames[old.name] : undefined;
    const now = current.get(old.name) ?? free.get((hint ?? old.name).toLowerCase());
    if (now === undefined || taken.has(now)) return [old, undefined] as const;
    taken.add(now);
    return [old, now] as const;
  });
  return [
    ...pairs,
    ...after.filter((action) => !taken.has(action)).map((action) => [undefined, action] as const),
  ];
}

/** Renames of the fields of an action: new path by the old one. */
export function renamesOf(action: string, renames: Renames): Renames {
  const prefix = `${action}.`;
  const own = Object.entries(renames).filter(([from]) => from.startsWith(prefix));
  return Object.fromEntries(own.map(([from, to]) => [from.slice(prefix.length), to]));
}
