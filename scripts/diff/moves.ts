import type { Found, FoundAt } from "./change.js";
import { type Direction, ruleOf } from "./direction.js";
import { type Comparison, createComparison, type FieldComparison, type Side } from "./fields.js";
import type { Single } from "./singles.js";

/** New path of each field that was renamed, by its old one. */
export type FieldRenames = Readonly<Record<string, string>>;

/**
 * Compares the parameters, or response fields, of two states of an action. A field was renamed if exactly one other in the same
 * object has the same type and description, and moved if exactly one in another object has the same name, type and description;
 * what is merely similar was removed, and something else was added.
 *
 * @param renames as configured.
 */
export function compareSides(
  before: Side,
  after: Side,
  direction: Direction,
  renames: FieldRenames,
): FoundAt[] {
  const comparison = createComparison(before, after, direction);

  function changesOf({ changes, removed, added }: FieldComparison, hints: FieldRenames): FoundAt[] {
    const all = pairsOf(removed, added, hints, comparison);
    // The fields of an object that was renamed or moved go with it.
    const isCovered = coveredBy([...all.keys()]);
    const pairs = new Map([...all].filter(([old]) => !isCovered(old)));
    const targets = new Set(pairs.values());
    const isPartOfTarget = coveredBy([...targets]);
    return [
      ...changes,
      ...[...pairs].flatMap(([old, current]): FoundAt[] => {
        const way = old.parent === current.parent ? "renamed" : "moved";
        const around = [...old.around, ...current.around];
        return [
          { ...ruleOf(direction, way, old.path, current.path), path: old.path },
          ...changesOf(
            comparison.pair(current.path, old.field, current.field, around),
            renamesInside(hints, old.path, current.path),
          ),
        ];
      }),
      ...removed
        .filter((single) => !pairs.has(single) && !single.isInner)
        .map((single) => ({ ...removal(single, direction), path: single.path })),
      ...added
        .filter((single) => !targets.has(single) && !isPartOfTarget(single))
        .flatMap((single) => additions(single, direction).map((found) => ({ ...found, path: single.path }))),
    ];
  }

  return changesOf(comparison.all(), renames);
}

/** A field with the same at the other paths of its object type, which fields can share. */
type Group = readonly [Single, ...Single[]];

/** What each field has become, by the configuration, its case, its description, or its name in another object. */
function pairsOf(
  removed: readonly Single[],
  added: readonly Single[],
  renames: FieldRenames,
  { isSame }: Comparison,
): Map<Single, Single> {
  const pairs = new Map<Single, Single>();
  const [old, current] = [groupsOf(removed), groupsOf(added)];
  const pair = (
    keysOf: (group: Group) => readonly string[],
    newKeysOf: (group: Group) => readonly string[],
    isPair: (was: Single, is: Single) => boolean,
  ) => {
    for (const [was, is] of uniquePairs(old, current, keysOf, newKeysOf, isPair)) {
      for (const [index, single] of was.entries()) {
        const target = is[index];
        if (target !== undefined) pairs.set(single, target);
      }
      old.delete(was);
      current.delete(is);
    }
  };
  const pairBy = (keyOf: (single: Single) => string, isPair: (was: Single, is: Single) => boolean) => {
    const keysOf = ([first]: Group) => [keyOf(first)].filter(Boolean);
    pair(keysOf, keysOf, (was, is) => isPair(was, is) && isSame(was.field.type, is.field.type));
  };
  pair(
    (group) => group.flatMap(({ path }) => (Object.hasOwn(renames, path) ? (renames[path] ?? []) : [])),
    (group) => group.map(({ path }) => path),
    () => true,
  );
  pairBy(
    ({ parent, field }) => JSON.stringify([parent, field.name.toLowerCase()]),
    () => true,
  );
  pairBy(
    ({ parent, description, isDistinct }) =>
      isDistinct && description ? JSON.stringify([parent, description]) : "",
    () => true,
  );
  pairBy(({ field, description }) => description && JSON.stringify([field.name, description]), canMove);
  return pairs;
}

/** Whether a field with the same name can be the same one: what two objects have in common says nothing of them. */
function canMove(old: Single, current: Single): boolean {
  if (old.parent === current.parent) return false;
  const objectOf = ({ parent }: Single) =>
    parent
      .replace(/(?:\.(?:N|\*))+$/, "")
      .split(".")
      .at(-1);
  return !old.isInner || !current.isInner || objectOf(old) === objectOf(current);
}

function groupsOf(singles: readonly Single[]): Set<Group> {
  const groups = new Map<unknown, [Single, ...Single[]]>();
  for (const single of singles) {
    const key = single.isInner ? single : single.field;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [single]);
    else group.push(single);
  }
  return new Set(groups.values());
}

/** Pairs of which each member fits no other one. */
function uniquePairs(
  old: ReadonlySet<Group>,
  current: ReadonlySet<Group>,
  keysOf: (group: Group) => readonly string[],
  newKeysOf: (group: Group) => readonly string[],
  isPair: (was: Single, is: Single) => boolean,
): (readonly [Group, Group])[] {
  const byKey = new Map<string, Group[]>();
  for (const group of current)
    for (const key of newKeysOf(group)) byKey.set(key, [...(byKey.get(key) ?? []), group]);
  const candidates = [...old].flatMap((was) => {
    const same = new Set(keysOf(was).flatMap((key) => byKey.get(key) ?? []));
    return [...same].filter(([first]) => isPair(was[0], first)).map((is) => [was, is] as const);
  });
  const counts = new Map<Group, number>();
  for (const group of candidates.flat()) counts.set(group, (counts.get(group) ?? 0) + 1);
  return candidates.filter((both) => both.every((group) => counts.get(group) === 1));
}

function removal({ field }: Single, direction: Direction): Found {
  if (direction === "resp") return ruleOf("resp", field.required ? "removed-required" : "removed-optional");
  // The deprecation was the notice, so that the removal is not breaking by itself.
  return { ...ruleOf("param", "removed"), ...(field.deprecated ? { bump: "minor" as const } : {}) };
}

function additions({ field, isInner }: Single, direction: Direction): Found[] {
  if (direction === "resp")
    return isInner ? [] : [ruleOf("resp", field.required ? "added-required" : "added-optional")];
  if (isInner) return field.required ? [ruleOf("param", "added-required-in-new-object")] : [];
  return [ruleOf("param", field.required ? "added-required" : "added-optional")];
}

/** Renames in an object as its paths are after it was renamed itself. */
function renamesInside(renames: FieldRenames, from: string, to: string): FieldRenames {
  return Object.fromEntries(
    Object.entries(renames).map(([old, current]) => [
      old.startsWith(`${from}.`) ? to + old.slice(from.length) : old,
      current,
    ]),
  );
}

/** Tells whether a field is inside one of others. */
function coveredBy(others: readonly Single[]): (single: Single) => boolean {
  const paths = new Set(others.map(({ path }) => path));
  return ({ path }) => [...path.matchAll(/\./g)].some(({ index }) => paths.has(path.slice(0, index)));
}
