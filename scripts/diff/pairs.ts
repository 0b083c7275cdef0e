import type { Comparison } from "./fields.js";
import type { Single } from "./singles.js";

/** New path of each field that was renamed, by its old one. */
export type FieldRenames = Readonly<Record<string, string>>;

/** A field with the same at the other paths of its object type, which fields can share. */
type Group = readonly [Single, ...Single[]];

/** What each removed field has become: by the configuration, its case, its description, or its name in another object. */
export function pairsOf(
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
    // Members of a union have paths in common.
    const isOther = (was: Single, is: Single) => was.path !== is.path && isPair(was, is);
    for (const [was, is] of uniquePairs(old, current, keysOf, newKeysOf, isOther)) {
      for (const [index, single] of was.entries()) {
        const target = is[index];
        if (target !== undefined) pairs.set(single, target);
      }
      old.delete(was);
      current.delete(is);
    }
  };
  const pairBy = (keysOf: (single: Single, isNew: boolean) => readonly unknown[][]) => {
    const textsOf = (isNew: boolean) => (group: Group) =>
      keysOf(group[0], isNew).map((key) => JSON.stringify(key));
    pair(textsOf(false), textsOf(true), (was, is) => isSame(was.field.type, is.field.type));
  };
  pair(
    (group) => group.flatMap(({ path }) => (Object.hasOwn(renames, path) ? (renames[path] ?? []) : [])),
    (group) => group.map(({ path }) => path),
    () => true,
  );
  pairBy(({ parent, field }) => [[parent, field.name.toLowerCase()]]);
  pairBy(({ parent, description, isDistinct }) => (isDistinct && description ? [[parent, description]] : []));
  pairBy(keysOfMoves);
  return pairs;
}

/**
 * Keys of which a removed field has one in common with an added one that it can have become in another object. What an object
 * that is gone and a new one have in common says nothing, unless they have the same name.
 */
function keysOfMoves({ field, description, parent, isInner }: Single, isNew: boolean): string[][] {
  if (description === "") return [];
  const object =
    parent
      .replace(/(?:\.(?:N|\*))+$/, "")
      .split(".")
      .at(-1) ?? "";
  const [own, other] = isNew ? ["new", "old"] : ["old", "new"];
  const ways = isInner ? [["in", object], [own]] : [["outer"], [other]];
  return ways.map((way) => [field.name, description, ...way]);
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
  const [byKey, byNewKey] = [byKeys(old, keysOf), byKeys(current, newKeysOf)];
  return [...old].flatMap((was) => {
    const is = onlyOf(keysOf(was), byNewKey, ([first]) => isPair(was[0], first));
    const back = is && onlyOf(newKeysOf(is), byKey, ([first]) => isPair(first, is[0]));
    return is !== undefined && back === was ? [[was, is] as const] : [];
  });
}

function byKeys(groups: ReadonlySet<Group>, keysOf: (group: Group) => readonly string[]) {
  const byKey = new Map<string, Group[]>();
  for (const group of groups)
    for (const key of keysOf(group)) {
      const own = byKey.get(key);
      if (own === undefined) byKey.set(key, [group]);
      else own.push(group);
    }
  return byKey;
}

/** The group with one of the keys that fits, if there is no second one. */
function onlyOf(
  keys: readonly string[],
  byKey: ReadonlyMap<string, readonly Group[]>,
  fits: (group: Group) => boolean,
): Group | undefined {
  let only: Group | undefined;
  for (const key of keys)
    for (const group of byKey.get(key) ?? []) {
      if (group === only || !fits(group)) continue;
      if (only !== undefined) return undefined;
      only = group;
    }
  return only;
}
