import { isDeepStrictEqual } from "node:util";
import type { Field, ObjectModel, Type } from "../model/api-model.js";

type Models = ReadonlyMap<string, ObjectModel>;

/**
 * Whether two types of two states accept the same values, apart from what documents say besides types. Names of object types
 * do not matter.
 */
export function isSameType(old: Type, current: Type, oldModels: Models, newModels: Models): boolean {
  /** Whether pairs of object types are the same; those that are being compared are taken to be. */
  const known = new Map<string, boolean>();

  function isSame(a: Type, b: Type): boolean {
    if (a.nullable !== b.nullable) return false;
    if (a.kind === "array") return b.kind === "array" && isSame(a.items, b.items);
    if (a.kind === "map") return b.kind === "map" && isSame(a.values, b.values);
    if (a.kind === "object")
      return b.kind === "object" && isSameModel(oldModels.get(a.model), newModels.get(b.model));
    if (a.kind === "union") {
      if (b.kind !== "union" || a.members.length !== b.members.length) return false;
      return a.members.every((member) => b.members.some((other) => isSame(member, other)));
    }
    return isDeepStrictEqual(a, b);
  }

  function isSameModel(a: ObjectModel | undefined, b: ObjectModel | undefined): boolean {
    if (a === undefined || b === undefined) return a === b;
    const pair = JSON.stringify([a.name, b.name]);
    const result = known.get(pair);
    if (result !== undefined) return result;
    known.set(pair, true);
    const others = new Map(b.fields.map((field) => [field.name, field]));
    const hasSame = ({ name, type, required }: Field) => {
      const other = others.get(name);
      return other !== undefined && other.required === required && isSame(type, other.type);
    };
    const areOthersSame =
      a.additional === undefined || b.additional === undefined
        ? a.additional === b.additional
        : isSame(a.additional, b.additional);
    const isSameList = a.fields.length === b.fields.length && a.fields.every(hasSame);
    known.set(pair, isSameList && areOthersSame);
    return isSameList && areOthersSame;
  }

  return isSame(old, current);
}
