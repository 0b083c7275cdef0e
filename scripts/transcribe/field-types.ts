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

/**
 * Parses the cell of a type: `int`, `array[string]`, `[*Model*](#model)`, `array[[*Model*](#Model)]`.
 *
 * @param models names of the page's data models. A link or a bare name refers to one of them, ignoring case.
 * @returns the type, and the text that could not be parsed, or `""`.
 */
export function readType(cell: string, models: readonly string[]): { type: FieldType; unknown: string } {
  const text = cell.replace(/\\(?=[[\]<>*_])/g, "").trim();
  const [, inner] = /^(?:array|list)\s*[[<(](.*)[\])>]$/is.exec(text) ?? /^(.+?)\[\]$/s.exec(text) ?? [];
  if (inner !== undefined) {
    const { type: items, unknown } = readType(inner, models);
    return { type: { kind: "array", items }, unknown };
  }
  const scalar = findScalar(text);
  if (scalar === "array") return { type: { kind: "array", items: { kind: "any" } }, unknown: "" };
  if (scalar !== undefined) return { type: { kind: scalar === "object" ? "any" : scalar }, unknown: "" };
  const [, label = "", anchor = ""] = /^\[(.*)\]\(#?([^)]*)\)$/.exec(text) ?? ["", text];
  const name = findModel(label.replace(/[*`]/g, "").trim(), anchor, models);
  return name === undefined
    ? { type: { kind: "any" }, unknown: text }
    : { type: { kind: "model", name }, unknown: "" };
}

function findModel(label: string, anchor: string, models: readonly string[]): string | undefined {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return (
    models.find((name) => name === label) ??
    models.find((name) => same(name, label)) ??
    models.find((name) => anchor !== "" && same(name, anchor))
  );
}

/** Name of the data model that a type or its items refer to. */
export function modelOf(cell: string, models: readonly string[]): string | undefined {
  let { type } = readType(cell, models);
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
  const names = models.map(({ name }) => name);
  const used = new Set<string>();
  const visit = (rows: readonly PageRow[]): void => {
    for (const { type } of rows) {
      const name = modelOf(type, names);
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(models.find((model) => model.name === name)?.rows ?? []);
    }
  };
  visit([...request, ...response]);
  for (const { name, line } of models.filter((model) => !used.has(model.name))) {
    const help = "Give the field that contains it this type with an overlay, or fix the page.";
    findings.warn("model-unused", line, `no field refers to the data model ${JSON.stringify(name)}`, help);
  }
}
