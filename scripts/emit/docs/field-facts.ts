import type { Field, Limits, Type } from "../../model/api-model.js";

/** The type of a value in a notation that is the same in every language: `string[]`, `object`, `integer | null`. */
export function typeLabel(type: Type): string {
  const label = plainLabel(type);
  return type.nullable ? `${label} | null` : label;
}

function plainLabel(type: Type): string {
  switch (type.kind) {
    case "string":
      return type.encoding === "base64" ? "base64 string" : type.format || "string";
    case "enum":
      return type.of;
    case "const":
      return Number.isInteger(type.value) ? "integer" : typeof type.value;
    case "array":
      return `${type.items.kind === "union" ? `(${typeLabel(type.items)})` : typeLabel(type.items)}[]`;
    case "map":
      return `map of ${typeLabel(type.values)}`;
    case "union":
      return type.members.map(typeLabel).join(" | ");
    case "json":
      return "any";
    default:
      return type.kind;
  }
}

/** A fact about a value: a message of the interface, and code. */
export interface Fact {
  readonly label: string;
  readonly values: readonly string[];
}

/** What the specification says of a field besides its description. */
export function factsOf({ type, default: assumed }: Field, example: unknown): Fact[] {
  const facts = [
    { label: "Default", values: assumed === undefined ? [] : [text(assumed)] },
    ...valueFacts(type),
    { label: "Example", values: example === undefined ? [] : [text(example)] },
  ];
  return facts.filter(({ values }) => values.length > 0);
}

function valueFacts(type: Type): Fact[] {
  switch (type.kind) {
    case "enum":
      return [{ label: "Values", values: type.values.map(String) }];
    case "const":
      return [{ label: "Always", values: [text(type.value)] }];
    case "array":
      return [{ label: "Items", values: range(type.limits, "Items") }, ...valueFacts(type.items)];
    case "string":
      return [
        { label: "Length", values: range(type.limits, "Length") },
        { label: "Pattern", values: "pattern" in type.limits ? [String(type.limits.pattern)] : [] },
      ];
    case "integer":
    case "number":
      return [
        { label: "Range", values: [...range(type.limits, "imum"), ...exclusive(type.limits)] },
        { label: "Multiple of", values: "multipleOf" in type.limits ? [String(type.limits.multipleOf)] : [] },
      ];
    default:
      return [];
  }
}

/** Bounds in symbols, such as `1–100`. @param suffix end of the keywords: `Length` for `minLength`. */
function range(limits: Limits, suffix: string): string[] {
  const [low, high] = [limits[`min${suffix}`], limits[`max${suffix}`]];
  if (low !== undefined && high !== undefined) return [low === high ? `${low}` : `${low}–${high}`];
  const bounds: readonly (readonly [string, unknown])[] = [
    ["≥", low],
    ["≤", high],
  ];
  return bounds.filter(([, bound]) => bound !== undefined).map(([sign, bound]) => `${sign} ${bound}`);
}

function exclusive({ exclusiveMinimum: above, exclusiveMaximum: below }: Limits): string[] {
  return [...(above === undefined ? [] : [`> ${above}`]), ...(below === undefined ? [] : [`< ${below}`])];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
