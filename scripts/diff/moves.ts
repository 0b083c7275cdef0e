import type { ObjectModel } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, ruleOf } from "./direction.js";
import { type FieldChange, type FieldComparison, type Side, type Single, words } from "./fields.js";
import { isSameType } from "./same-type.js";

/**
 * The changes of fields that only one of two states has. A field was renamed if exactly one other in the same object has the
 * same type and description, and moved if exactly one in another object has the same name, type and description; what is
 * merely similar was removed, and something else was added.
 *
 * @param hints new path of a field by its old one, as configured.
 */
export function changesOfSingles(
  { removed, added }: Pick<FieldComparison, "removed" | "added">,
  before: Side,
  after: Side,
  direction: Direction,
  hints: Readonly<Record<string, string>>,
): FieldChange[] {
  const oldModels = modelsByName(before);
  const newModels = modelsByName(after);
  const isSame = (old: Single, current: Single) =>
    isSameType(old.field.type, current.field.type, oldModels, newModels);
  const pairs = new Map<Single, Single>();
  const pair = (isPair: (old: Single, current: Single) => boolean) => {
    for (const [old, current] of uniquePairs(removed, added, pairs, isPair)) pairs.set(old, current);
  };
  pair((old, current) => Object.hasOwn(hints, old.path) && hints[old.path] === current.path);
  const isSibling = (old: Single, current: Single) => old.parent === current.parent;
  pair(
    (a, b) => isSibling(a, b) && a.field.name.toLowerCase() === b.field.name.toLowerCase() && isSame(a, b),
  );
  pair((a, b) => isSibling(a, b) && isSameDescription(a, b) && isSame(a, b));
  pair(
    (a, b) => !isSibling(a, b) && a.field.name === b.field.name && isSameDescription(a, b) && isSame(a, b),
  );

  const targets = new Set(pairs.values());
  // The fields of an object that was renamed or moved go with it.
  const isCovered = (single: Single, others: Iterable<Single>) =>
    [...others].some((other) => single !== other && single.path.startsWith(`${other.path}.`));
  return [
    ...[...pairs]
      .filter(([old]) => !isCovered(old, pairs.keys()))
      .map(([old, current]) => ({ ...changeOfPair(old, current, direction), path: old.path })),
    ...removed
      .filter((single) => !pairs.has(single) && !single.isInner)
      .map((single) => ({ ...removal(single, direction), path: single.path })),
    ...added
      .filter((single) => !targets.has(single) && !isCovered(single, targets))
      .flatMap((single) => additions(single, direction).map((found) => ({ ...found, path: single.path }))),
  ];
}

function changeOfPair(old: Single, current: Single, direction: Direction): Found {
  const way = old.parent === current.parent ? "renamed" : "moved";
  return ruleOf(direction, way, old.path, current.path);
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

/** Pairs of which each member fits no other one that is left. */
function uniquePairs(
  removed: readonly Single[],
  added: readonly Single[],
  taken: ReadonlyMap<Single, Single>,
  isPair: (old: Single, current: Single) => boolean,
): [Single, Single][] {
  const targets = new Set(taken.values());
  const left = removed.filter((one) => !taken.has(one));
  const free = added.filter((one) => !targets.has(one));
  const candidates = left.flatMap((old) =>
    free.filter((current) => isPair(old, current)).map((current): [Single, Single] => [old, current]),
  );
  const counts = new Map<Single, number>();
  for (const single of candidates.flat()) counts.set(single, (counts.get(single) ?? 0) + 1);
  return candidates.filter((both) => both.every((single) => counts.get(single) === 1));
}

function isSameDescription(old: Single, current: Single): boolean {
  const description = words(old.field.description);
  return description !== "" && description === words(current.field.description);
}

function modelsByName({ models }: Side): ReadonlyMap<string, ObjectModel> {
  return new Map(models.map((model) => [model.name, model]));
}
