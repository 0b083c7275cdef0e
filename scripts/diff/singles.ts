import type { Field, ObjectModel, Type } from "../model/api-model.js";
import { normalizedText } from "./field-facts.js";

/** Where a field is. */
export interface Surroundings {
  /** Pairs of object types that it is in. */
  readonly around: readonly string[];
  /** Whether something around it is sensitive. */
  readonly isSecret: boolean;
}

/** Field that only one of two states has. */
export interface Single extends Surroundings {
  readonly parent: string;
  readonly path: string;
  readonly field: Field;
  /** Whether the object that has it is in one state only, too. */
  readonly isInner: boolean;
  /** Without differences of white space. */
  readonly description: string;
  /** Whether no other field of the object has the same description. */
  readonly isDistinct: boolean;
}

/** Object types of one state. */
export interface ObjectTypes {
  readonly models: ReadonlyMap<string, ObjectModel>;
  /** Those whose fields are listed already: fields can share a type, whose fields would be many at all of the paths. */
  readonly listed: Set<string>;
}

/** Some fields of an object, with all fields of their own objects, each object type once. */
export function singlesOf(
  chosen: readonly Field[],
  siblings: readonly Field[],
  parent: string,
  types: ObjectTypes,
  surroundings: Surroundings,
): Single[] {
  return chosen.length === 0
    ? []
    : listed(chosen, siblings, parent, surroundings, false).flatMap((single) => [
        single,
        ...innerSingles(single.field.type, single.path, types, insideOf(single)),
      ]);
}

/** The fields of the objects of a type that only one state has. */
export function innerSingles(
  outer: Type,
  start: string,
  types: ObjectTypes,
  surroundings: Surroundings,
): Single[] {
  const { type, suffix } = innermost(outer);
  const model = type.kind === "object" && !types.listed.has(type.model) && types.models.get(type.model);
  if (!model) return [];
  types.listed.add(model.name);
  return listed(model.fields, model.fields, start + suffix, surroundings, true).flatMap((single) => [
    single,
    ...innerSingles(single.field.type, single.path, types, insideOf(single)),
  ]);
}

function insideOf({ field, around, isSecret }: Single): Surroundings {
  return { around, isSecret: isSecret || field.sensitive };
}

function listed(
  chosen: readonly Field[],
  siblings: readonly Field[],
  parent: string,
  surroundings: Surroundings,
  isInner: boolean,
): Single[] {
  const counts = new Map<string, number>();
  for (const sibling of siblings) {
    const description = normalizedText(sibling.description);
    counts.set(description, (counts.get(description) ?? 0) + 1);
  }
  return chosen.map((field) => {
    const description = normalizedText(field.description);
    const isDistinct = counts.get(description) === 1;
    const path = joinPath(parent, field.name);
    return { parent, path, field, isInner, description, isDistinct, ...surroundings };
  });
}

/** The type of the items of arrays and of the values of maps, with what they add to a path. */
function innermost(type: Type): { type: Type; suffix: string } {
  let [current, suffix] = [type, ""];
  while (current.kind === "array" || current.kind === "map") {
    suffix += current.kind === "array" ? ".N" : ".*";
    current = current.kind === "array" ? current.items : current.values;
  }
  return { type: current, suffix };
}

/** The path of a field in an object. */
export function joinPath(parent: string, name: string): string {
  return parent === "" ? name : `${parent}.${name}`;
}
