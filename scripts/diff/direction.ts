import type { Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import type { RuleName } from "./rules.js";

/** Parameters go to the gateway, response fields come from it: the same change can break one and not the other. */
export type Direction = "param" | "resp";

/** The part of a rule after its direction: `docs` of `param-docs`. */
export type FieldRule = RuleName extends infer Name
  ? Name extends `${Direction}-${infer Rest}`
    ? Rest
    : never
  : never;

/** A change of a parameter or of a response field. */
export function ruleOf(direction: Direction, name: FieldRule, before = "", after = ""): Found {
  return { rule: `${direction}-${name}` as RuleName, before, after };
}

/** A type as a reader names it: `array of string`. */
export function kindOf(type: Type): string {
  switch (type.kind) {
    case "enum":
      return type.of;
    case "const":
      return JSON.stringify(type.value);
    case "array":
      return `array of ${kindOf(type.items)}`;
    case "map":
      return `map of ${kindOf(type.values)}`;
    case "union":
      return type.members.map(kindOf).join(" or ");
    case "json":
      return "any value";
    default:
      return type.kind;
  }
}
