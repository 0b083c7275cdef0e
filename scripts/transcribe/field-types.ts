import type { FieldNode } from "./fields.js";
import type { Findings } from "./findings.js";
import { finder, scalarTypes } from "./layout.js";
import type { Page } from "./page.js";
import type { PageRow } from "./rows.js";

/** The type of a field. */
export type FieldType =
  /** `any` is not specified by the page. */
  | { readonly kind: "string" | "integer" | "number" | "boolean" | "any" }
  | { readonly kind: "array"; readonly items: FieldType }
  /** A data model of the page, by its heading. */
  | { readonly kind: "model"; readonly name: string }
  /** An object with dots in the names of its table. */
  | { readonly kind: "object"; readonly fields: readonly FieldNode[] };

const findScalar = finder(scalarTypes);

/** Far above any real type. */
const maxNesting = 200;

/** Finds the name of a data model that is the label or the anchor of a link, ignoring case. */
export type FindModel = (label: string, anchor: string) => string | undefined;

/**
 * Parses the cell of a type: `int`, `array[string]`, `[*Model*](#model)`, `array[[*Model*](#Model)]`.
 *
 * @param findModel finds one of the page's data models. A link or a bare name refers to one of them.
 * @returns the type, and the text that could not be parsed, or `""`.
 * @throws RangeError for a type that is nested too deeply.
 */
export function readType(
  cell: string,
  findModel: FindModel,
  nesting = 0,
): { type: FieldType; unknown: string } {
  if (nesting > maxNesting) throw new RangeError("the type is nested too deeply");
  const text = cell.replace(/\\(?=[[\]<>*_])/g, "").trim();
  const [, inner] = /^(?:array|list)\s*[[<(](.*)[\])>]$/is.exec(text) ?? /^(.+?)\[\]$/s.exec(text) ?? [];
  if (inner !== undefined) {
    const { type: items, unknown } = readType(inner, findModel, nesting + 1);
    return { type: { kind: "array", items }, unknown };
  }
  const scalar = findScalar(text);
  if (scalar === "array") return { type: { kind: "array", items: { kind: "any" } }, unknown: "" };
  if (scalar !== undefined) return { type: { kind: scalar === "object" ? "any" : scalar }, unknown: "" };
  const [, label = "", anchor = ""] = /^\[(.*)\]\(#?([^()]*)\)$/.exec(text) ?? ["", text];
  const name = findModel(label.replace(/[*`]/g, "").trim(), anchor);
  return name === undefined
    ? { type: { kind: "any" }, unknown: text }
    : { type: { kind: "model", name }, unknown: "" };
}

/** Creates the function that finds the data models of a page, by their names. */
export function modelFinder(names: Iterable<string>): FindModel {
  const exact = new Set(names);
  // Of names that differ only in case, the first.
  const folded = new Map([...exact].reverse().map((name) => [name.toLowerCase(), name]));
  return (label, anchor) =>
    exact.has(label) ? label : (folded.get(label.toLowerCase()) ?? folded.get(anchor.toLowerCase()));
}

/** Name of the data model that a type or its items refer to. */
function modelOf(cell: string, findModel: FindModel): string | undefined {
  let { type } = readType(cell, findModel);
  while (type.kind === "array") type = type.items;
  return type.kind === "model" ? type.name : undefined;
}

/** Formats a type for messages. */
export function formatType(type: FieldType): string {
  if (type.kind === "array") return `array of ${formatType(type.items)}`;
  return type.kind === "model" ? type.name : type.kind;
}

/**
 * Reports data models that no field refers to. A field may lack its type, or the heading of another section is
 * misspelled and was mistaken for a data model.
 */
export function reportUnusedModels({ request, response, models }: Page, findings: Findings): void {
  const findModel = modelFinder(models.map(({ name }) => name));
  const rowsOf = new Map(models.map(({ name, rows }) => [name, rows]));
  const used = new Set<string>();
  const visit = (rows: readonly PageRow[]): void => {
    for (const { type } of rows) {
      const name = modelOf(type, findModel);
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(rowsOf.get(name) ?? []);
    }
  };
  visit([...request, ...response]);
  for (const { name, line } of models.filter((model) => !used.has(model.name))) {
    const help = "Give the field that contains it this type with an overlay, or fix the page.";
    findings.warn("model-unused", line, `no field refers to the data model ${JSON.stringify(name)}`, help);
  }
}
