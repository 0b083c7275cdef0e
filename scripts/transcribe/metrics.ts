import { readType } from "./field-types.js";
import type { Findings } from "./findings.js";
import { finder, metricColumns } from "./layout.js";
import { type PageRow, plainName, type Table } from "./rows.js";
import type { Json } from "./schema.js";
import type { PlacedBlock } from "./sections.js";

/** Values of parameters that tables of the page list, by the name of the parameter. */
export type ListedValues = ReadonlyMap<string, readonly string[]>;

/** The parameter that selects metrics. */
const metricParameter = "MetricName";

const findColumn = finder(metricColumns);
const metricName = /^[A-Za-z][\w.-]*$/;
/** A heading that is a value of a parameter: `ResourceType:uhost`. */
const valueHeading = /^([A-Za-z]\w*)\s*[:：]\s*([A-Za-z][\w.-]*)$/;

/**
 * Reads tables of metrics, each with its unit: their names are the values of the parameter `MetricName`. If the tables have
 * headings such as `ResourceType:uhost`, these are the values of that parameter.
 *
 * @param findings collects one note for all tables.
 * @returns the values, and the tables that they were read from.
 */
export function readMetrics(
  placed: readonly PlacedBlock[],
  request: readonly PageRow[],
  findings: Findings,
): { listed: ListedValues; tables: ReadonlySet<Table> } {
  const tables = new Set<Table>();
  const values = new Map<string, Set<string>>();
  const types = new Map([...request].reverse().map(({ name, type }) => [name.replace(/\.[Nn]$/, ""), type]));
  const isString = (name: string) => isStringType(types.get(name) ?? "");
  const add = (parameter: string, value: string) =>
    void values.set(parameter, (values.get(parameter) ?? new Set()).add(value));
  let heading: RegExpExecArray | null = null;
  for (const block of isString(metricParameter) ? placed : []) {
    if (block.kind === "heading") heading = valueHeading.exec(plainName(block.text)) ?? heading;
    if (block.kind !== "table") continue;
    const metrics = metricsOf(block);
    if (metrics.length === 0) continue;
    tables.add(block);
    for (const metric of metrics) add(metricParameter, metric);
    const [, parameter = "", value = ""] = heading ?? [];
    if (isString(parameter)) add(parameter, value);
  }
  const [first] = tables;
  if (first !== undefined) {
    const lists = [...values].map(([parameter, { size }]) => `${size} of ${parameter}`).join(" and ");
    const count = tables.size === 1 ? "a table of metrics is" : `${tables.size} tables of metrics are`;
    const message = `${count} read as values: ${lists}; descriptions and units are left out`;
    const help = "If these are not the values, remove `enum` of the parameter with an overlay.";
    findings.note("metric-tables", first.line, message, help);
  }
  return { listed: new Map([...values].map(([name, set]) => [name, [...set]])), tables };
}

/** Names in a table of metrics; `[]` for any other table. */
function metricsOf({ header, rows }: Table): string[] {
  const columns = header.cells.map(findColumn);
  if (columns[0] !== "metric" || !columns.includes("unit") || columns.includes("type")) return [];
  const names = rows.map(({ cells }) => plainName(cells[0] ?? ""));
  return names.every((name) => metricName.test(name)) ? names : [];
}

/** Whether the type of a parameter is a string, or an array of strings. */
function isStringType(cell: string): boolean {
  const { type } = readType(cell, () => undefined);
  return (type.kind === "array" ? type.items : type).kind === "string";
}

/** Adds the values that tables list to a parameter, after those of its description. */
export function addListedValues({ name, schema }: Json, listed: ListedValues): void {
  const values = listed.get(String(name));
  if (values === undefined) return;
  const { items = schema } = schema as { items?: unknown };
  const target = items as { enum?: readonly unknown[] };
  target.enum = [...new Set([...(target.enum ?? []), ...values])];
}
