import { isDeepStrictEqual } from "node:util";
import type { Field, ObjectModel, Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, kindOf, ruleOf } from "./direction.js";
import { isSameType } from "./same-type.js";
import { compareLimits, compareScalars } from "./scalars.js";
import { compareUnions } from "./unions.js";

/** Change of a parameter or response field, `Disks.N.Size`; the path `""` is that of the parameters or response as a whole. */
export interface FieldChange extends Found {
  readonly path: string;
}

/** Fields of an action in one state, with the object types that they refer to. */
export interface Side {
  readonly fields: readonly Field[];
  readonly models: readonly ObjectModel[];
}

/** Field that only one state has. */
export interface Single {
  readonly parent: string;
  readonly path: string;
  readonly field: Field;
  /** Whether the object that has it is in one state only, too. */
  readonly isInner: boolean;
}

/** What a comparison of fields found; fields that only one state has are not changes yet, since they can have moved. */
export interface FieldComparison {
  readonly changes: readonly FieldChange[];
  readonly removed: readonly Single[];
  readonly added: readonly Single[];
}

/**
 * Compares parameters, or response fields, by their names. Names of object types do not matter, nor whether a type stands in
 * one place or is referred to. A type that several fields share is compared once.
 */
export function compareFields(before: Side, after: Side, direction: Direction): FieldComparison {
  const changes: FieldChange[] = [];
  const removed: Single[] = [];
  const added: Single[] = [];
  const compared = new Set<string>();
  const oldModels = new Map(before.models.map((model) => [model.name, model]));
  const newModels = new Map(after.models.map((model) => [model.name, model]));
  const add = (path: string, ...found: readonly Found[]) => {
    changes.push(...found.map((one) => ({ ...one, path })));
  };

  function compareLists(parent: string, old: readonly Field[], current: readonly Field[]): void {
    const currentByName = new Map(current.map((field) => [field.name, field]));
    const oldNames = new Set(old.map(({ name }) => name));
    const goneFields = old.filter(({ name }) => !currentByName.has(name));
    const newFields = current.filter(({ name }) => !oldNames.has(name));
    for (const field of goneFields) collect(removed, oldModels, parent, field);
    for (const field of newFields) collect(added, newModels, parent, field);
    const kept = old.filter(({ name }) => currentByName.has(name));
    const keptNow = current.filter(({ name }) => oldNames.has(name));
    if (kept.some(({ name }, index) => keptNow[index]?.name !== name))
      add(parent, ruleOf(direction, "order"));
    for (const field of kept) {
      const now = currentByName.get(field.name);
      if (now !== undefined) compareField(join(parent, field.name), field, now);
    }
  }

  function compareField(path: string, old: Field, current: Field): void {
    add(path, ...compareFacts(old, current, direction));
    compareTypes(path, old.type, current.type);
  }

  function compareTypes(path: string, old: Type, current: Type): void {
    if (old.nullable !== current.nullable)
      add(path, ruleOf(direction, current.nullable ? "nullable-on" : "nullable-off"));
    if (old.kind === "union" || current.kind === "union" || old.kind === "json" || current.kind === "json") {
      const isSame = (a: Type, b: Type) => isSameType(a, b, oldModels, newModels);
      add(path, ...compareUnions(old, current, direction, isSame));
    } else if (old.kind === "array" && current.kind === "array") {
      add(path, ...compareLimits(old.limits, current.limits, direction));
      compareTypes(`${path}.N`, old.items, current.items);
    } else if (old.kind === "map" && current.kind === "map") {
      compareTypes(`${path}.*`, old.values, current.values);
    } else if (old.kind === "object" && current.kind === "object") {
      compareModels(path, oldModels.get(old.model), newModels.get(current.model));
    } else if (old.kind === "array" || current.kind === "array") {
      const way = old.kind === "array" ? "array-to-scalar" : "scalar-to-array";
      add(path, ruleOf(direction, way, kindOf(old), kindOf(current)));
    } else add(path, ...compareScalars(old, current, direction));
  }

  function compareModels(path: string, old: ObjectModel | undefined, current: ObjectModel | undefined): void {
    if (old === undefined || current === undefined) return;
    const pair = JSON.stringify([old.name, current.name]);
    if (compared.has(pair)) return;
    compared.add(pair);
    compareLists(path, old.fields, current.fields);
    if (old.additional !== undefined && current.additional !== undefined)
      compareTypes(`${path}.*`, old.additional, current.additional);
    else if (old.additional !== current.additional) {
      const way = current.additional === undefined ? "type-narrowed" : "type-widened";
      add(path, ruleOf(direction, way, "", "other fields"));
    }
  }

  compareLists("", before.fields, after.fields);
  return { changes, removed, added };
}

/** Adds a field and those of its objects, each object type once. */
function collect(
  singles: Single[],
  models: ReadonlyMap<string, ObjectModel>,
  parent: string,
  field: Field,
): void {
  const seen = new Set<string>();
  const visit = (inside: string, one: Field, isInner: boolean) => {
    const path = join(inside, one.name);
    singles.push({ parent: inside, path, field: one, isInner });
    const { type, suffix } = innermost(one.type);
    const model = type.kind === "object" && !seen.has(type.model) ? models.get(type.model) : undefined;
    if (model === undefined) return;
    seen.add(model.name);
    for (const inner of model.fields) visit(path + suffix, inner, true);
  };
  visit(parent, field, false);
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

/** Compares what documents say of a field besides its type. */
function compareFacts(old: Field, current: Field, direction: Direction): Found[] {
  const found: Found[] = [];
  if (old.required !== current.required)
    found.push(ruleOf(direction, current.required ? "optional-to-required" : "required-to-optional"));
  if (direction === "param") found.push(...compareDefaults(old.default, current.default));
  if (old.sensitive !== current.sensitive)
    found.push(ruleOf(direction, current.sensitive ? "sensitive-on" : "sensitive-off"));
  if (old.deprecated !== current.deprecated)
    found.push(ruleOf(direction, current.deprecated ? "deprecated" : "undeprecated"));
  // The example of another type is another one.
  const isSameKind = old.type.kind === current.type.kind;
  const docsOf = ({ description, example, default: value }: Field) => [
    words(description),
    isSameKind ? example : undefined,
    direction === "resp" ? value : undefined,
  ];
  if (!isDeepStrictEqual(docsOf(old), docsOf(current))) found.push(ruleOf(direction, "docs"));
  return found;
}

function compareDefaults(old: unknown, current: unknown): Found[] {
  const [before, after] = [old, current].map((value) => (value === undefined ? "" : JSON.stringify(value)));
  if (isDeepStrictEqual(old, current)) return [];
  const way = before === "" ? "default-added" : after === "" ? "default-removed" : "default-changed";
  return [ruleOf("param", way, before, after)];
}

/** A description without differences of blanks. */
export function words(description: string): string {
  return description.trim().split(/\s+/).join(" ");
}

function join(parent: string, name: string): string {
  return parent === "" ? name : `${parent}.${name}`;
}
