import type { Type } from "../model/api-model.js";
import type { Found } from "./change.js";
import { type RuleName, rules } from "./rules.js";

/** Parameters go to the gateway, response fields come from it: the same change can break one and not the other. */
export type Direction = "param" | "resp";

/** A change of a parameter or of a response field by the last part of its rule: `docs` for `param-docs`. */
export function ruleOf(direction: Direction, name: string, before = "", after = ""): Found {
  const rule = `${direction}-${name}`;
  if (!Object.hasOwn(rules, rule)) throw new Error(`unreachable: there is no rule ${rule}`);
  return { rule: rule as RuleName, before, after };
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
    case "object":
      return "object";
    case "union":
      return type.members.map(kindOf).join(" or ");
    case "json":
      return "any value";
    default:
      return type.kind;
  }
}
