import type { Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, kindOf, ruleOf } from "./direction.js";

/** Compares types of which one is a union or any JSON value, as the sets of their members. */
export function compareUnions(
  old: Type,
  current: Type,
  direction: Direction,
  isSame: (old: Type, current: Type) => boolean,
): Found[] {
  const [before, after] = [membersOf(old), membersOf(current)];
  const isGrown = after.some((type) => type.kind === "json");
  const wasAny = before.some((type) => type.kind === "json");
  const keepsAll = isGrown || before.every((member) => after.some((other) => isSame(member, other)));
  const addsNone = wasAny || after.every((member) => before.some((other) => isSame(other, member)));
  if (keepsAll && addsNone) return [];
  const way = keepsAll ? "type-widened" : addsNone ? "type-narrowed" : "type-changed";
  return [ruleOf(direction, way, kindOf(old), kindOf(current))];
}

function membersOf(type: Type): readonly Type[] {
  return type.kind === "union" ? type.members.flatMap(membersOf) : [type];
}
