import { finder, scalarTypes } from "./layout.js";

/** The type of a field, as its cell says it. */
export type CellType =
  | { readonly kind: "string" | "integer" | "number" | "boolean" }
  /** Anything: the page does not say more. */
  | { readonly kind: "any" }
  | { readonly kind: "array"; readonly items: CellType }
  /** A data model of the page, by the name that its heading has. */
  | { readonly kind: "model"; readonly name: string };

const findScalar = finder(scalarTypes);
const any: CellType = { kind: "any" };

/**
 * Reads the cell of a type: `int`, `array[string]`, `[*Model*](#model)`, `array[[*Model*](#Model)]`.
 *
 * @param models names of the page's data models; a link, or a bare name, means one of them whatever its case.
 * @returns the type, and what of it is not known: `""` where all is.
 */
export function readType(cell: string, models: readonly string[]): { type: CellType; unknown: string } {
  const text = cell.replace(/\\(?=[[\]<>*_])/g, "").trim();
  const [, inner] = /^(?:array|list)\s*[[<(](.*)[\])>]$/is.exec(text) ?? /^(.+?)\[\]$/s.exec(text) ?? [];
  if (inner !== undefined) {
    const items = readType(inner, models);
    return { type: { kind: "array", items: items.type }, unknown: items.unknown };
  }
  const scalar = findScalar(text);
  if (scalar === "array") return { type: { kind: "array", items: any }, unknown: "" };
  if (scalar === "object") return { type: any, unknown: "" };
  if (scalar !== undefined) return { type: { kind: scalar }, unknown: "" };
  const [, label = "", anchor = ""] = /^\[(.*)\]\(#?([^)]*)\)$/.exec(text) ?? ["", text];
  const name = findModel(label.replace(/[*`]/g, "").trim(), anchor, models);
  return name === undefined ? { type: any, unknown: text } : { type: { kind: "model", name }, unknown: "" };
}

function findModel(label: string, anchor: string, models: readonly string[]): string | undefined {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return (
    models.find((name) => name === label) ??
    models.find((name) => same(name, label)) ??
    models.find((name) => anchor !== "" && same(name, anchor))
  );
}

/** A type as a person says it. */
export function sayType(type: CellType): string {
  if (type.kind === "array") return `array of ${sayType(type.items)}`;
  return type.kind === "model" ? type.name : type.kind;
}
