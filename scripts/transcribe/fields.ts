import { isIdentifier } from "../model/names.js";
import { type CellType, readType, sayType } from "./field-types.js";
import type { Findings } from "./findings.js";
import type { PageRow } from "./rows.js";

/** The type of a field once the dots in the names of its table are resolved. */
export type FieldType =
  | { readonly kind: "string" | "integer" | "number" | "boolean" | "any" }
  | { readonly kind: "array"; readonly items: FieldType }
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "object"; readonly fields: readonly FieldNode[] };

/** A field, and the fields in it: `Disks.N.Size` is the field `Size` in the items of the array `Disks`. */
export interface FieldNode {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** Text of the cell; `""` for a parent that has no row of its own. */
  readonly description: string;
  /** Line of its row, or of the first row in it. */
  readonly line: number;
}

/** What the rows of a table are read with. */
export interface TableContext {
  /** The page's data models, by the name of their headings. */
  readonly models: ReadonlyMap<string, readonly PageRow[]>;
  readonly findings: Findings;
  /** Whether the names go on the wire as parameters, and have to be identifiers then. */
  readonly isRequest: boolean;
  /** Data models whose fields are being added to an object that is described otherwise too. */
  readonly inherited?: readonly string[];
}

interface Draft {
  readonly name: string;
  readonly line: number;
  row: PageRow | undefined;
  /** The element of an array, where a name goes on with `.N`. */
  item: Draft | undefined;
  readonly properties: Map<string, Draft>;
}

/** Turns the rows of a table into fields. A row that has no place goes to the findings. */
export function nestRows(rows: readonly PageRow[], context: TableContext): FieldNode[] {
  const root = draft("", 0);
  for (const row of rows) {
    const steps = readName(row.name, context.isRequest);
    if (steps === undefined) {
      leaveOut(row, "has a name that cannot be a field's", context.findings);
      continue;
    }
    const place = descend(root, steps, row);
    if (place.row === undefined) place.row = row;
    else leaveOut(row, `stands at line ${place.row.line} already`, context.findings);
  }
  return [...root.properties.values()].map((entry) => toField(entry, context));
}

function draft(name: string, line: number): Draft {
  return { name, line, row: undefined, item: undefined, properties: new Map() };
}

/** What the vendor writes for the index of an array; the gateway wants a number there. */
const index = /^(?:[NnMm]|\d+)$/;

/** Names and indices (`undefined`) of `A.N.B`. */
function readName(name: string, isRequest: boolean): (string | undefined)[] | undefined {
  const [first = "", ...others] = name.replace(/\[[Nn]\]/g, ".N").split(".");
  const steps = [first, ...others.map((part) => (index.test(part) ? undefined : part))];
  const isSound = (step: string | undefined) =>
    step === undefined ||
    (isRequest ? isIdentifier(step) : step.trim() !== "" && step !== "__proto__" && !/\p{Cc}/u.test(step));
  return steps.every(isSound) ? steps : undefined;
}

function descend(root: Draft, steps: readonly (string | undefined)[], { line }: PageRow): Draft {
  let place = root;
  for (const step of steps) {
    if (step === undefined) {
      place.item ??= draft(place.name, line);
      place = place.item;
    } else {
      const next = place.properties.get(step) ?? draft(step, line);
      place.properties.set(step, next);
      place = next;
    }
  }
  return place;
}

function toField(entry: Draft, context: TableContext): FieldNode {
  // `PrivateIp.N` describes the array, if nothing else does.
  const row = entry.row ?? entry.item?.row;
  if (entry.row !== undefined && entry.item?.row !== undefined) {
    const { name, line } = entry.item.row;
    const message = `the description of ${name} is left out, since line ${entry.row.line} describes the array too`;
    context.findings.add("doubt", "text-passed-over", line, message, "Add what matters with an overlay.");
  }
  return {
    name: entry.name,
    type: toType(entry, context),
    required: row?.required ?? isAnyRequired(entry),
    description: row?.description ?? "",
    line: row?.line ?? entry.line,
  };
}

/** A parent without a row of its own is required where something in it is. */
function isAnyRequired({ row, item, properties }: Draft): boolean {
  if (row !== undefined) return row.required;
  return (item !== undefined && isAnyRequired(item)) || [...properties.values()].some(isAnyRequired);
}

function toType(entry: Draft, context: TableContext): FieldType {
  const declared = entry.row === undefined ? undefined : declaredType(entry.row, context);
  if (entry.item !== undefined) {
    for (const property of entry.properties.values())
      leaveOutAll(property, `${entry.name} is an array`, context.findings);
    return arrayType(entry, declared, context);
  }
  if (entry.properties.size > 0) return objectType(entry, declared, context);
  return declared ?? { kind: "any" };
}

function declaredType(row: PageRow, { models, findings }: TableContext): CellType {
  const { type, unknown } = readType(row.type, [...models.keys()]);
  if (unknown !== "" || row.type === "") {
    const message = `the type of ${row.name} is ${JSON.stringify(row.type)}, which is neither known nor a data model of the page`;
    findings.add(
      "warning",
      "type-unknown",
      row.line,
      message,
      "It is taken as anything. Correct it with an overlay.",
    );
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
      leaveOutAll(item.item, `the items of ${entry.name} are objects`, context.findings);
    return { kind: "array", items: objectType(item, own, context) };
  }
  const type = toType(item, context);
  if (item.item === undefined && type.kind === "array") {
    const message = `${item.row?.name} is an array in its name and in its type, and is taken as one array`;
    context.findings.add(
      "doubt",
      "array-twice",
      item.line,
      message,
      "Correct that with an overlay if it is an array of arrays.",
    );
    return type;
  }
  return { kind: "array", items: type };
}

/** An object that is declared as well, by a data model, has the fields of both. */
function objectType(entry: Draft, declared: CellType | undefined, context: TableContext): FieldType {
  const own = declared ?? (entry.row === undefined ? undefined : declaredType(entry.row, context));
  const fields = [...entry.properties.values()].map((property) => toField(property, context));
  if (own?.kind !== "model") {
    if (own !== undefined && own.kind !== "any") reportParent(entry, own, "object", context);
    return { kind: "object", fields };
  }
  const around = context.inherited ?? [];
  // A model that adds to itself: its own schema has what is added.
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
  const message = `${name} is of type ${sayType(declared)}, but other rows describe it as an ${seen}`;
  findings.add("warning", "parent-type", row?.line ?? line, message, "The other rows count. Mend the page.");
}

function leaveOutAll({ row, item, properties }: Draft, why: string, findings: Findings): void {
  if (row !== undefined) leaveOut(row, `describes a property, but ${why}`, findings);
  if (item !== undefined) leaveOutAll(item, why, findings);
  for (const property of properties.values()) leaveOutAll(property, why, findings);
}

function leaveOut({ name, line }: PageRow, why: string, findings: Findings): void {
  const help = "Nothing of it is in the document. Mend the page, or add the field with an overlay.";
  findings.add("warning", "row-left-out", line, `the row of ${JSON.stringify(name)} ${why}`, help);
}
