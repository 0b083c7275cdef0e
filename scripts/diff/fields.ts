import type { Field, ObjectModel, Type } from "../model/api-model.js";
import type { Found, FoundAt } from "./change.js";
import { type Direction, kindOf, ruleOf } from "./direction.js";
import { compareFacts } from "./field-facts.js";
import { isSameType } from "./same-type.js";
import { compareLimits, compareScalars } from "./scalars.js";
import {
  innerSingles,
  joinPath,
  type ObjectTypes,
  type Single,
  type Surroundings,
  singlesOf,
} from "./singles.js";
import { hasAny, pairMembers } from "./unions.js";

/** Parameters or response fields of an action in one state, with the object types that they refer to. */
export interface Side {
  readonly root: Pick<ObjectModel, "name" | "fields" | "additional">;
  readonly models: readonly ObjectModel[];
}

/** What a comparison of fields found; fields that only one state has are not changes yet, since they can have moved. */
export interface FieldComparison {
  readonly changes: FoundAt[];
  readonly removed: Single[];
  readonly added: Single[];
}

/** A comparison of the parameters, or of the response fields, of two states of an action. */
export interface Comparison {
  /** Compares everything. */
  all(): FieldComparison;
  /** Compares a field with the one that it has become. */
  pair(path: string, old: Field, current: Field, surroundings: Surroundings): FieldComparison;
  /** Whether two types accept the same values. */
  isSame(old: Type, current: Type): boolean;
}

/** Number of paths that the changes of an object type are reported at, if fields share it. */
const maxPaths = 100;

/**
 * Creates a comparison, which pairs fields by their names. Names of object types do not matter, nor whether a type is written
 * where it is used or referred to.
 */
export function createComparison(before: Side, after: Side, direction: Direction): Comparison {
  const oldModels = new Map(before.models.map((model) => [model.name, model]));
  const newModels = new Map(after.models.map((model) => [model.name, model]));
  const visits = new Map<string, number>();
  const isSame = (old: Type, current: Type) => isSameType(old, current, oldModels, newModels);
  let around: readonly string[] = [];
  let isSecret = false;
  let [oldTypes, newTypes] = [typesOf(oldModels), typesOf(newModels)];
  let result: FieldComparison = { changes: [], removed: [], added: [] };
  const here = (): Surroundings => ({ around, isSecret });
  const add = (path: string, found: readonly Found[]) => {
    for (const one of found) result.changes.push({ ...(isSecret ? withoutValues(one) : one), path });
  };

  function compareLists(parent: string, old: readonly Field[], current: readonly Field[]): void {
    const currentByName = new Map(current.map((field) => [field.name, field]));
    const oldNames = new Set(old.map(({ name }) => name));
    const gone = old.filter(({ name }) => !currentByName.has(name));
    const fresh = current.filter(({ name }) => !oldNames.has(name));
    for (const one of singlesOf(gone, old, parent, oldTypes, here())) result.removed.push(one);
    for (const one of singlesOf(fresh, current, parent, newTypes, here())) result.added.push(one);
    const kept = old.filter(({ name }) => currentByName.has(name));
    const keptNow = current.filter(({ name }) => oldNames.has(name));
    if (kept.some(({ name }, index) => keptNow[index]?.name !== name))
      add(parent, [ruleOf(direction, "order")]);
    for (const field of kept) {
      const now = currentByName.get(field.name);
      if (now !== undefined) compareField(joinPath(parent, field.name), field, now);
    }
  }

  function compareField(path: string, old: Field, current: Field): void {
    add(path, compareFacts(old, current, direction));
    const isOuterSecret = isSecret;
    isSecret ||= old.sensitive || current.sensitive;
    compareTypes(path, old.type, current.type);
    isSecret = isOuterSecret;
  }

  function compareTypes(path: string, old: Type, current: Type): void {
    // Any value can be null as well.
    if (old.nullable !== current.nullable && !hasAny(old) && !hasAny(current))
      add(path, [ruleOf(direction, current.nullable ? "nullable-on" : "nullable-off")]);
    if ([old, current].some(({ kind }) => kind === "union" || kind === "json"))
      compareUnions(path, old, current);
    else if (old.kind === "array" && current.kind === "array") {
      add(path, compareLimits(old, current, direction));
      compareTypes(`${path}.N`, old.items, current.items);
    } else if (old.kind === "map" && current.kind === "map") {
      compareTypes(`${path}.*`, old.values, current.values);
    } else if (old.kind === "object" && current.kind === "object") {
      compareModels(path, oldModels.get(old.model), newModels.get(current.model));
    } else if (old.kind === "array" || current.kind === "array") {
      const way = old.kind === "array" ? "array-to-scalar" : "scalar-to-array";
      add(path, [ruleOf(direction, way, kindOf(old), kindOf(current))]);
    } else {
      add(path, compareScalars(old, current, direction));
      // Fields of an object that is none any more can have moved.
      for (const one of innerSingles(old, path, oldTypes, here())) result.removed.push(one);
      for (const one of innerSingles(current, path, newTypes, here())) result.added.push(one);
    }
  }

  function compareUnions(path: string, old: Type, current: Type): void {
    const { pairs, way } = pairMembers(old, current, { isSame, oldModels, newModels });
    if (way !== undefined) add(path, [ruleOf(direction, way, kindOf(old), kindOf(current))]);
    for (const [member, now] of pairs) compareTypes(path, member, now);
  }

  function compareModels(
    path: string,
    old: Side["root"] | undefined,
    current: Side["root"] | undefined,
  ): void {
    if (old === undefined || current === undefined) return;
    const pair = JSON.stringify([old.name, current.name]);
    const count = visits.get(pair) ?? 0;
    if (around.includes(pair) || count === maxPaths) return;
    visits.set(pair, count + 1);
    const outer = around;
    around = [...around, pair];
    compareLists(path, old.fields, current.fields);
    compareOthers(path, old.additional, current.additional);
    around = outer;
  }

  /** Compares the types of fields that an object has besides those that it lists. */
  function compareOthers(path: string, old: Type | undefined, current: Type | undefined): void {
    const [opened, closed] =
      direction === "resp"
        ? (["open-on", "open-off"] as const)
        : (["type-widened", "type-narrowed"] as const);
    if (old === undefined && current !== undefined)
      add(path, [ruleOf(direction, opened, "", "other fields")]);
    else if (old !== undefined && current === undefined)
      add(path, [ruleOf(direction, closed, "other fields")]);
    else if (old !== undefined && current !== undefined) compareTypes(joinPath(path, "*"), old, current);
  }

  function collect(compare: () => void, start: Surroundings): FieldComparison {
    ({ around, isSecret } = start);
    [oldTypes, newTypes] = [typesOf(oldModels), typesOf(newModels)];
    result = { changes: [], removed: [], added: [] };
    compare();
    return result;
  }

  return {
    all: () => collect(() => compareModels("", before.root, after.root), { around: [], isSecret: false }),
    pair: (path, old, current, start) => collect(() => compareField(path, old, current), start),
    isSame,
  };
}

/** A change of a type without values of enumerations and constants, such as passwords. */
function withoutValues(found: Found): Found {
  if (/-(?:format|limits.*)$/.test(found.rule)) return found;
  const hide = (text = "") => text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*/g, "<hidden>");
  return { ...found, before: hide(found.before), after: hide(found.after) };
}

function typesOf(models: ObjectTypes["models"]): ObjectTypes {
  return { models, listed: new Set() };
}
