import { type Finding, Findings } from "./findings.js";
import type { Json } from "./schema.js";

/** The document created from one page, or merged from several pages of one action. */
export interface Draft {
  readonly action: string;
  readonly product: string;
  /** Path of the page, for messages. */
  readonly file: string;
  /** Other pages of the same action. */
  readonly otherFiles: readonly string[];
  readonly document: Json;
}

/** The drafts of one action of a product. */
export type DraftGroup = [Draft, ...Draft[]];

type Lines = Readonly<Record<string, number>>;

/** The extension `x-actiongen-source` of a transcribed document. */
export interface Source {
  readonly page: string;
  readonly line: number;
  readonly parameters: Lines;
  readonly schemas: Readonly<Record<string, Lines>>;
  otherPages?: string[];
}

/**
 * Merges the documents of all pages of one action of a product. The first page is authoritative: fields that only another page has
 * are added, and differences are reported. If the configuration names a page, the other pages are ignored.
 *
 * @param chosenPages the authoritative page by action, as the end of its path.
 * @param findings collects differences between the pages.
 */
export function mergeDrafts(
  drafts: Readonly<DraftGroup>,
  chosenPages: ReadonlyMap<string, string>,
  findings: Finding[],
): Draft {
  const end = chosenPages.get(drafts[0].action);
  const chosen = drafts.find(({ file }) => end !== undefined && `/${file}`.endsWith(`/${end}`));
  const first = chosen ?? drafts[0];
  const others = drafts.filter((draft) => draft !== first);
  const document = structuredClone(first.document);
  for (const other of others) {
    const own = new Findings(other.file, findings);
    if (chosen === undefined) mergeInto(document, first, other, own);
    else {
      const message = `describes ${other.action} too, but the configuration names ${chosen.file}`;
      own.note("page-ignored", 1, message, "No action needed.");
    }
  }
  return { ...first, document, otherFiles: others.map(({ file }) => file) };
}

function mergeInto(document: Json, first: Draft, other: Draft, findings: Findings): void {
  const help =
    "Make the pages agree, or name the authoritative one in transcribe.pages of the configuration.";
  const warn = (code: string, line: number, message: string) => findings.warn(code, line, message, help);
  const ours = tablesOf(document);
  let reworded = 0;
  for (const [tableName, theirs] of tablesOf(other.document)) {
    const table = ours.get(tableName);
    if (table === undefined) continue;
    for (const [name, { value, shape }] of theirs.fields) {
      const known = table.fields.get(name);
      const line = lineOf(name, theirs.lines);
      const path = `${tableName === "parameters" ? "" : `${tableName}.`}${name}`;
      if (known === undefined) {
        table.add(name, value);
        warn("page-adds", line, `${path} is missing on ${first.file}, and is added from this page`);
      } else if (known.shape !== shape) {
        const at = `${first.file}:${lineOf(name, table.lines)}`;
        warn("page-differs", line, `${path} is described as ${shape}, but as ${known.shape} at ${at}`);
      } else if (known.value.description !== value.description) reworded++;
    }
  }
  const schemas = schemasOf(document);
  for (const [name, schema] of Object.entries(schemasOf(other.document))) schemas[name] ??= schema;
  if (reworded > 0) {
    const descriptions = reworded === 1 ? "1 description" : `${reworded} descriptions`;
    const message = `words ${descriptions} differently than ${first.file}, which is used`;
    findings.note("page-wording", 1, message, "No action needed if they mean the same.");
  }
  const source = sourceOf(document);
  source.otherPages = [...(source.otherPages ?? []), sourceOf(other.document).page];
}

/** Line of a field. A field without a row of its own has the line of the first field inside it. */
function lineOf(name: string, lines: Lines): number {
  const row = Object.keys(lines).find((key) => key === name || key.startsWith(`${name}.`));
  return lines[row ?? ""] ?? 1;
}

interface Table {
  readonly lines: Lines;
  /** Parameters or properties by name. Two pages must agree on the shape: everything but the description. */
  readonly fields: ReadonlyMap<string, { readonly value: Json; readonly shape: string }>;
  add(name: string, field: Json): void;
}

/** Tables of a document of a page, by name: its parameters, and each of its schemas. */
export function tablesOf(document: Json): Map<string, Table> {
  const source = sourceOf(document);
  const { parameters } = (document.paths as { "/": { get: { parameters: Json[] } } })["/"].get;
  const tables = new Map<string, Table>();
  tables.set("parameters", {
    lines: source.parameters,
    fields: new Map(
      parameters.map((value) => {
        const shape = shapeOf(value.schema as Json, value.required === true);
        return [String(value.name), { value, shape }];
      }),
    ),
    add: (_, parameter) => void parameters.push(parameter),
  });
  for (const [name, schema] of Object.entries(schemasOf(document))) {
    const { properties, required = [] } = schema as unknown as ObjectSchema;
    const fields = Object.entries(properties).map(
      ([field, value]) => [field, { value, shape: shapeOf(value, required.includes(field)) }] as const,
    );
    tables.set(name, {
      lines: source.schemas[name] ?? {},
      fields: new Map(fields),
      // A field that is required on one page only stays optional.
      add: (field, property) => void Object.assign(properties, { [field]: property }),
    });
  }
  return tables;
}

interface ObjectSchema {
  readonly properties: Record<string, Json>;
  readonly required?: readonly string[];
}

function schemasOf(document: Json): Record<string, Json> {
  return (document.components as { schemas: Record<string, Json> }).schemas;
}

export function sourceOf(document: Json): Source {
  return document["x-actiongen-source"] as Source;
}

function shapeOf(schema: Json, isRequired: boolean): string {
  return `${isRequired ? "required" : "optional"} ${formatSchema(schema)}`;
}

function formatSchema(schema: Json): string {
  const { $ref, type, items, properties, required = [], description, deprecated, ...facts } = schema;
  const known = Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts)}`;
  if (typeof $ref === "string") return `${$ref.split("/").at(-1)}${known}`;
  if (type === "array") return `array of ${formatSchema(items as Json)}${known}`;
  if (properties === undefined) return `${type ?? "any"}${known}`;
  const fields = Object.entries(properties as ObjectSchema["properties"]).map(
    ([name, one]) => `${name}${(required as string[]).includes(name) ? "" : "?"}: ${formatSchema(one)}`,
  );
  return `object {${fields.join(", ")}}`;
}
