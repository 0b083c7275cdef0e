import { isDeepStrictEqual } from "node:util";
import type { Field } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type Direction, ruleOf } from "./direction.js";

/** Compares what documents say of a parameter or response field besides its type. */
export function compareFacts(old: Field, current: Field, direction: Direction): Found[] {
  const found: Found[] = [];
  if (old.required !== current.required)
    found.push(ruleOf(direction, current.required ? "optional-to-required" : "required-to-optional"));
  if (direction === "param") found.push(...compareDefaults(old, current));
  if (old.sensitive !== current.sensitive)
    found.push(ruleOf(direction, current.sensitive ? "sensitive-on" : "sensitive-off"));
  if (old.deprecated !== current.deprecated)
    found.push(ruleOf(direction, current.deprecated ? "deprecated" : "undeprecated"));
  // The example of another type is another one.
  const isSameKind = old.type.kind === current.type.kind;
  const docsOf = ({ description, example, default: value }: Field) => [
    normalizedText(description),
    isSameKind ? example : undefined,
    direction === "resp" ? value : undefined,
  ];
  if (!isDeepStrictEqual(docsOf(old), docsOf(current))) found.push(ruleOf(direction, "docs"));
  return found;
}

function compareDefaults(old: Field, current: Field): Found[] {
  // The gateway receives text: a number and its digits are the same.
  const sentValue = ({ default: value }: Field) => (typeof value === "number" ? `${value}` : value);
  if (isDeepStrictEqual(sentValue(old), sentValue(current))) return [];
  const isSecret = old.sensitive || current.sensitive;
  const [before, after] = [old, current].map(({ default: value }) =>
    value === undefined ? "" : isSecret ? "<hidden>" : JSON.stringify(value),
  );
  const way = before === "" ? "default-added" : after === "" ? "default-removed" : "default-changed";
  return [ruleOf("param", way, before, after)];
}

/** A description without differences of white space. */
export function normalizedText(description: string): string {
  return description.trim().split(/\s+/).join(" ");
}
