import type { Limits, Type } from "./api-model.js";
import { checkedLimits } from "./pattern.js";

/** Functions that build the check of a type from those of its parts: as functions, or as the code of generated modules. */
export interface CheckBuilder<Check> {
  /** A check without parts, by its name in the runtime's entry `validation`. */
  basic(name: BasicCheck): Check;
  nullable(check: Check): Check;
  literal(value: unknown): Check;
  listed(check: Check, values: readonly (string | number)[]): Check;
  limited(check: Check, limits: Limits): Check;
  array(items: Check): Check;
  map(values: Check): Check;
  anyOf(checks: readonly Check[]): Check;
  model(name: string): Check;
}

export type BasicCheck =
  | "anything"
  | "boolean"
  | "date"
  | "dateTime"
  | "email"
  | "integer"
  | "ipv4"
  | "ipv6"
  | "number"
  | "string"
  | "uri"
  | "uuid";

/** The check of a type. */
export function checkOf<Check>(type: Type, builder: CheckBuilder<Check>): Check {
  if (type.nullable) return builder.nullable(checkOf({ ...type, nullable: false }, builder));
  const check = unlimitedCheckOf(type, builder);
  const limits = "limits" in type ? checkedLimits(type.limits) : {};
  return Object.keys(limits).length > 0 ? builder.limited(check, limits) : check;
}

function unlimitedCheckOf<Check>(type: Type, builder: CheckBuilder<Check>): Check {
  switch (type.kind) {
    case "string":
      return builder.basic(formats.get(type.format) ?? "string");
    case "integer":
    case "number":
    case "boolean":
      return builder.basic(type.kind);
    case "enum":
      return builder.listed(builder.basic(type.of), type.values);
    case "const":
      return builder.literal(type.value);
    case "array":
      return builder.array(checkOf(type.items, builder));
    case "map":
      return builder.map(checkOf(type.values, builder));
    case "object":
      return builder.model(type.model);
    case "union":
      return builder.anyOf(type.members.map((one) => checkOf(one, builder)));
    case "json":
      return builder.basic("anything");
  }
}

/** Checks of formats. A string of another format is only checked to be a string. */
const formats: ReadonlyMap<string, BasicCheck> = new Map([
  ["uri", "uri"],
  ["uuid", "uuid"],
  ["ipv4", "ipv4"],
  ["ipv6", "ipv6"],
  ["email", "email"],
  ["date", "date"],
  ["date-time", "dateTime"],
]);
