import type { Found, FoundAt } from "./change.js";
import { type Direction, ruleOf } from "./direction.js";
import { createComparison, type FieldComparison, type Side } from "./fields.js";
import { type FieldRenames, pairsOf } from "./pairs.js";
import type { Single } from "./singles.js";

/**
 * Compares the parameters, or response fields, of two states of an action. A field was renamed if exactly one other in the same
 * object has the same type and description, or the same type and name in another case, and moved if exactly one in another object
 * has the same name, type and description; what is merely similar was removed, and something else was added.
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
    const isInTarget = coveredBy([...all.values()]);
    const pairs = new Map(
      [...all].filter(([old, now]) => !isCovered(old) && !(old.isInner && now.isInner && isInTarget(now))),
    );
    const targets = new Set(pairs.values());
    const isPartOfTarget = coveredBy([...targets]);
    return [
      ...changes,
      ...[...pairs].flatMap(([old, current]): FoundAt[] => {
        const way = old.parent === current.parent ? "renamed" : "moved";
        const around = [...old.around, ...current.around];
        const isSecret = old.isSecret || current.isSecret;
        const inside = changesOf(
          comparison.pair(current.path, old.field, current.field, { around, isSecret }),
          renamesInside(hints, old.path, current.path),
        );
        return [
          { ...ruleOf(direction, way, old.path, current.path), path: old.path },
          ...inside.map(({ oldPath, ...change }) => ({
            ...change,
            oldPath: old.path + (oldPath ?? change.path).slice(current.path.length),
          })),
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
