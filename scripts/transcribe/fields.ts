import { isIdentifier } from "../model/names.js";
import { type FieldType, type FindModel, formatType, readType } from "./field-types.js";
import type { Findings } from "./findings.js";
import type { PageRow } from "./rows.js";

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

interface TableContext {
  /** Rows of the page's data models, by heading. */
  readonly models: ReadonlyMap<string, readonly PageRow[]>;
  readonly findModel: FindModel;
  readonly findings: Findings;
  /** Names of parameters must be identifiers. */
  readonly isRequest: boolean;
  /** Data models whose fields are being added to an object that also has rows of its own. */
  readonly inherited?: readonly string[];
}

/** A name or an index of `A.N.B`; `undefined` is an index. */
type Step = string | undefined;

interface Draft {
  readonly name: string;
  readonly line: number;
  row?: PageRow;
  /** The properties of an object, and the items of an array at `undefined`. */
  readonly children: Map<Step, Draft>;
}

/** Converts the rows of a table to nested fields, and reports rows that do not fit. */
export function nestRows(rows: readonly PageRow[], context: TableContext): FieldNode[] {
  const root: Draft = { name: "", line: 0, children: new Map() };
  for (const row of rows) {
    const { name, line } = row;
    const steps = readName(name, context.isRequest);
    if (steps === undefined) {
      context.findings.omitRow(line, name, "has a name that is not valid for a field");
      continue;
    }
    let entry = root;
    for (const step of steps) {
      const next = entry.children.get(step) ?? { name: step ?? entry.name, line, children: new Map() };
      entry.children.set(step, next);
      entry = next;
    }
    if (entry.row === undefined) entry.row = row;
    else context.findings.omitRow(line, name, `duplicates line ${entry.row.line}`);
  }
  return propertiesOf(root).map((entry) => toField(entry, context));
}

/** Splits a name, with placeholders for an index that is a number in a request. `undefined` if it is not valid. */
function readName(name: string, isRequest: boolean): Step[] | undefined {
  const [first = "", ...others] = name.replace(/\[[Nn]\]/g, ".N").split(".");
  const steps = [first, ...others.map((step) => (/^(?:[NnMm]|\d+)$/.test(step) ? undefined : step))];
  const isValid = (step: Step) =>
    step === undefined ||
    (isRequest ? isIdentifier(step) : step.trim() !== "" && step !== "__proto__" && !/\p{Cc}/u.test(step));
  return steps.every(isValid) ? steps : undefined;
}

function propertiesOf({ children }: Draft): Draft[] {
  return [...children].flatMap(([step, child]) => (step === undefined ? [] : [child]));
}

function toField(entry: Draft, context: TableContext): FieldNode {
  const item = entry.children.get(undefined)?.row;
  // `PrivateIp.N` describes the array, unless there is a row `PrivateIp`.
  const row = entry.row ?? item;
  if (entry.row !== undefined && item !== undefined) {
    const message = `the description of ${item.name} is ignored, because line ${entry.row.line} also describes the array`;
    context.findings.note("text-ignored", item.line, message, "Add what matters with an overlay.");
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
function isAnyRequired({ row, children }: Draft): boolean {
  return row?.required ?? [...children.values()].some(isAnyRequired);
}

function toType(entry: Draft, context: TableContext): FieldType {
  const declared = declaredType(entry, context);
  const item = entry.children.get(undefined);
  if (item !== undefined) {
    for (const property of propertiesOf(entry)) omitAll(property, `${entry.name} is an array`, context);
    return arrayType(entry, item, declared, context);
  }
  if (entry.children.size > 0) return objectType(entry, declared, context);
  return declared ?? { kind: "any" };
}

function declaredType({ row }: Draft, { findModel, findings }: TableContext): FieldType | undefined {
  if (row === undefined) return undefined;
  const { type, unknown } = readType(row.type, findModel);
  if (unknown !== "" || row.type === "") {
    const message = `${row.name} has the type ${JSON.stringify(row.type)}, which is neither known nor a data model of the page`;
    const help = "Any value is allowed. Correct the type with an overlay.";
    findings.warn("type-unknown", row.line, message, help);
  }
  return type;
}

function arrayType(
  entry: Draft,
  item: Draft,
  declared: FieldType | undefined,
  context: TableContext,
): FieldType {
  const isArray = declared?.kind === "array";
  if (!isArray) reportParent(entry, declared, "array", context);
  if (propertiesOf(item).length > 0) {
    const inner = item.children.get(undefined);
    if (inner !== undefined) omitAll(inner, `the items of ${entry.name} are objects`, context);
    const own = (isArray ? declared.items : undefined) ?? declaredType(item, context);
    return { kind: "array", items: objectType(item, own, context) };
  }
  const type = toType(item, context);
  if (item.children.size > 0 || type.kind !== "array") return { kind: "array", items: type };
  const message = `${item.row?.name} is an array by its name and by its type, and is treated as one array`;
  const help = "Correct that with an overlay if it is an array of arrays.";
  context.findings.note("array-duplicate", item.line, message, help);
  return type;
}

/** An object that is also declared with a data model has the fields of both. */
function objectType(entry: Draft, declared: FieldType | undefined, context: TableContext): FieldType {
  const fields = propertiesOf(entry).map((property) => toField(property, context));
  if (declared?.kind !== "model") {
    reportParent(entry, declared, "object", context);
    return { kind: "object", fields };
  }
  const around = context.inherited ?? [];
  // A model that adds fields to itself: its own schema contains them.
  if (around.includes(declared.name)) return declared;
  const inner = { ...context, isRequest: false, inherited: [...around, declared.name] };
  const inherited = nestRows(context.models.get(declared.name) ?? [], inner);
  const names = new Set(fields.map(({ name }) => name));
  return { kind: "object", fields: [...inherited.filter(({ name }) => !names.has(name)), ...fields] };
}

function reportParent(
  { name, row, line }: Draft,
  declared: FieldType | undefined,
  seen: string,
  { findings }: TableContext,
): void {
  if (declared === undefined || declared.kind === "any") return;
  const message = `${name} has the type ${formatType(declared)}, but other rows describe it as an ${seen}`;
  findings.warn("parent-type", row?.line ?? line, message, "The other rows are used. Fix the page.");
}

function omitAll({ row, children }: Draft, reason: string, context: TableContext): void {
  if (row !== undefined) context.findings.omitRow(row.line, row.name, `describes a property, but ${reason}`);
  for (const child of children.values()) omitAll(child, reason, context);
}
