import type { ObjectModel, Type } from "../model/api-model.js";
import { baseOf, isNumeric } from "./scalars.js";

/** What the comparison of two unions needs to know of their members. */
interface Members {
  isSame(old: Type, current: Type): boolean;
  readonly oldModels: ReadonlyMap<string, ObjectModel>;
  readonly newModels: ReadonlyMap<string, ObjectModel>;
}

/** Members of two unions that have become each other, and what the others do to the type. */
interface MemberPairs {
  readonly pairs: readonly (readonly [Type, Type])[];
  readonly way: "type-widened" | "type-narrowed" | "type-changed" | undefined;
}

/** Pairs the members of two types of which one is a union or any JSON value: those that are the same, then the most similar. */
export function pairMembers(old: Type, current: Type, members: Members): MemberPairs {
  const before = new Set(membersOf(old));
  const after = new Set(membersOf(current));
  const pairs: [Type, Type][] = [];
  const pair = (score: (member: Type, other: Type) => number) => {
    for (const member of before) {
      let [best, most]: [Type | undefined, number] = [undefined, 0];
      for (const other of after) {
        const points = score(member, other);
        if (points > most) [best, most] = [other, points];
      }
      if (best === undefined) continue;
      pairs.push([member, best]);
      before.delete(member);
      after.delete(best);
    }
  };
  pair((member, other) => (members.isSame(member, other) ? 1 : 0));
  pair((member, other) => similarity(member, other, members));
  pair((member, other) => ([member, other].map(baseOf).every(isNumeric) ? 1 : 0));
  // Any JSON has nothing to compare.
  const comparable = pairs.filter(([{ kind }]) => kind !== "json");
  const keepsAll = before.size === 0 || hasAny(current);
  const addsNone = after.size === 0 || hasAny(old);
  if (keepsAll && addsNone) return { pairs: comparable, way: undefined };
  return { pairs: comparable, way: keepsAll ? "type-widened" : addsNone ? "type-narrowed" : "type-changed" };
}

function membersOf(type: Type): Type[] {
  return type.kind === "union" ? type.members.flatMap(membersOf) : [{ ...type, nullable: false }];
}

/** Whether a type, or a member of a union, is any JSON value. */
export function hasAny(type: Type): boolean {
  return membersOf(type).some(({ kind }) => kind === "json");
}

/** For types of the same kind more than 0: for objects, the number of the fields that both have. */
function similarity(old: Type, current: Type, { oldModels, newModels }: Members): number {
  if (old.kind === "object" && current.kind === "object") {
    const names = new Set(oldModels.get(old.model)?.fields.map(({ name }) => name));
    return (newModels.get(current.model)?.fields ?? []).filter(({ name }) => names.has(name)).length;
  }
  return baseOf(old) === baseOf(current) ? 1 : 0;
}
