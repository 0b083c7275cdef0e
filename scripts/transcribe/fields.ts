import { isIdentifier } from "../model/names.js";
import { type CellType, formatType, readType } from "./field-types.js";
import type { Findings } from "./findings.js";
import type { PageRow } from "./rows.js";

/** The type of a field, after the dots in the names of its table are resolved. */
export type FieldType =
  | { readonly kind: "string" | "integer" | "number" | "boolean" | "any" }
  | { readonly kind: "array"; readonly items: FieldType }
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "object"; readonly fields: readonly FieldNode[] };

/** A field and its nested fields: `Disks.N.Size` is the field `Size` of the items of the array `Disks`. */
export interface FieldNode {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** Markdown of the cell; `""` for a parent without a row of its own. */
  readonly description: string;
  /** Line of its row, or of the first row of its nested fields. */
  readonly line: number;
}

export interface TableContext {
  /** Rows of the page's data models, by heading. */
  readonly models: ReadonlyMap<string, readonly PageRow[]>;
  readonly findings: Findings;
  /** Names of parameters must be identifiers. */
  readonly isRequest: boolean;
  /** Data models whose fields are being added to an object that also has rows of its own. */
  readonly inherited?: readonly string[];
}

interface Draft {
  readonly name: string;
  readonly line: number;
  row: PageRow | undefined;
  /** The items of an array, if a name continues with `.N`. */
  item: Draft | undefined;
  readonly properties: Map<string, Draft>;
}

/** Converts the rows of a table to nested fields, and reports rows that do not fit. */
export function nestRows(rows: readonly PageRow[], context: TableContext): FieldNode[] {
  const root = draft("", 0);
  for (const row of rows) {
    const steps = readName(row.name, context.isRequest);
    if (steps === undefined) {
      context.findings.omitRow(row.line, row.name, "has a name that is not valid for a field");
      continue;
    }
    const entry = descend(root, steps, row);
    if (entry.row === undefined) entry.row = row;
    else context.findings.omitRow(row.line, row.name, `duplicates line ${entry.row.line}`);
  }
  return [...root.properties.values()].map((entry) => toField(entry, context));
}

function draft(name: string, line: number): Draft {
  return { name, line, row: undefined, item: undefined, properties: new Map() };
}

/** Placeholders for the index of an array, which is a number in a request. */
const index = /^(?:[NnMm]|\d+)$/;

/** Names and indices (`undefined`) of `A.N.B`. `undefined` if a name is not valid. */
function readName(name: string, isRequest: boolean): (string | undefined)[] | undefined {
  const [first = "", ...others] = name.replace(/\[[Nn]\]/g, ".N").split(".");
  const steps = [first, ...others.map((part) => (index.test(part) ? undefined : part))];
  const isValid = (step: string | undefined) =>
    step === undefined ||
    (isRequest ? isIdentifier(step) : step.trim() !== "" && step !== "__proto__" && !/\p{Cc}/u.test(step));
  return steps.every(isValid) ? steps : undefined;
}

function descend(root: Draft, steps: readonly (string | undefined)[], { line }: PageRow): Draft {
  let entry = root;
  for (const step of steps) {
    if (step === undefined) {
      entry.item ??= draft(entry.name, line);
      entry = entry.item;
    } else {
      const next = entry.properties.get(step) ?? draft(step, line);
      entry.properties.set(step, next);
      entry = next;
    }
  }
  return entry;
}

function toField(entry: Draft, context: TableContext): FieldNode {
  // `PrivateIp.N` describes the array, unless there is a row `PrivateIp`.
  const row = entry.row ?? entry.item?.row;
  if (entry.row !== undefined && entry.item?.row !== undefined) {
    const { name, line } = entry.item.row;
    const message = `the description of ${name} is ignored, because line ${entry.row.line} also describes the array`;
    context.findings.note("text-ignored", line, message, "Add what matters with an overlay.");
  }
  return {
    name: entry.name,
    type: toType(entry, context),
    required: row?.required ?? isAnyRequired(entry),
    description: row?.description ?? "",
    line: row?.line ?? entry.line,
  };
}

/** A parent without a row of its own is required if any of its nested fields is. */
function isAnyRequired({ row, item, properties }: Draft): boolean {
  if (row !== undefined) return row.required;
  return (item !== undefined && isAnyRequired(item)) || [...properties.values()].some(isAnyRequired);
}

function toType(entry: Draft, context: TableContext): FieldType {
  const declared = entry.row === undefined ? undefined : declaredType(entry.row, context);
  if (entry.item !== undefined) {
    for (const property of entry.properties.values())
      omitAll(property, `${entry.name} is an array`, context.findings);
    return arrayType(entry, declared, context);
  }
  if (entry.properties.size > 0) return objectType(entry, declared, context);
  return declared ?? { kind: "any" };
}

function declaredType(row: PageRow, { models, findings }: TableContext): CellType {
  const { type, unknown } = readType(row.type, [...models.keys()]);
  if (unknown !== "" || row.type === "") {
    const message = `${row.name} has the type ${JSON.stringify(row.type)}, which is neither known nor a data model of the page`;
    const help = "Any value is allowed. Correct the type with an overlay.";
    findings.warn("type-unknown", row.line, message, help);
  }
  return type;
}

function arrayType(entry: Draft, declared: CellType | undefined, context: TableContext): FieldType {
  const item = entry.item as Draft;
  const own = declared?.kind === "array" ? declared.items : undefined;
  if (declared !== undefined && declared.kind !== "array" && declared.kind !== "any")
    reportParent(entry, declared, "array", context);
  if (item.properties.size > 0) {
    if (item.item !== undefined)
      omitAll(item.item, `the items of ${entry.name} are objects`, context.findings);
    return { kind: "array", items: objectType(item, own, context) };
  }
  const type = toType(item, context);
  if (item.item === undefined && type.kind === "array") {
    const message = `${item.row?.name} is an array by its name and by its type, and is treated as one array`;
    const help = "Correct that with an overlay if it is an array of arrays.";
    context.findings.note("array-duplicate", item.line, message, help);
    return type;
  }
  return { kind: "array", items: type };
}

/** An object that is also declared with a data model has the fields of both. */
function objectType(entry: Draft, declared: CellType | undefined, context: TableContext): FieldType {
  const own = declared ?? (entry.row === undefined ? undefined : declaredType(entry.row, context));
  const fields = [...entry.properties.values()].map((property) => toField(property, context));
  if (own?.kind !== "model") {
    if (own !== undefined && own.kind !== "any") reportParent(entry, own, "object", context);
    return { kind: "object", fields };
  }
  const around = context.inherited ?? [];
  // A model that adds fields to itself: its own schema contains them.
  if (around.includes(own.name)) return own;
  const inner = { ...context, isRequest: false, inherited: [...around, own.name] };
  const inherited = nestRows(context.models.get(own.name) ?? [], inner);
  const names = new Set(fields.map(({ name }) => name));
  return { kind: "object", fields: [...inherited.filter(({ name }) => !names.has(name)), ...fields] };
}

function reportParent(
  { name, row, line }: Draft,
  declared: CellType,
  seen: string,
  { findings }: TableContext,
): void {
  const message = `${name} has the type ${formatType(declared)}, but other rows describe it as an ${seen}`;
  findings.warn("parent-type", row?.line ?? line, message, "The other rows are used. Fix the page.");
}

function omitAll({ row, item, properties }: Draft, reason: string, findings: Findings): void {
  if (row !== undefined) findings.omitRow(row.line, row.name, `describes a property, but ${reason}`);
  if (item !== undefined) omitAll(item, reason, findings);
  for (const property of properties.values()) omitAll(property, reason, findings);
}
