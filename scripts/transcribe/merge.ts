import { type Finding, Findings } from "./findings.js";
import type { Json } from "./schema.js";

/** The document created from one page. */
export interface Draft {
  readonly action: string;
  readonly product: string;
  /** Path of the page, for messages. */
  readonly file: string;
  readonly document: Json;
}

export interface MergedDraft {
  readonly draft: Draft;
  /** Other pages of the same action. */
  readonly otherFiles: readonly string[];
  readonly findings: readonly Finding[];
}

type Lines = Readonly<Record<string, number>>;

interface Source {
  readonly page: string;
  readonly parameters: Lines;
  readonly schemas: Readonly<Record<string, Lines>>;
  otherPages?: string[];
}

/**
 * Merges the documents of all pages of one action. The first page is authoritative: fields that only another page has
 * are added, and differences are reported. If the configuration names a page, the other pages are ignored.
 *
 * @param chosenPages the authoritative page by action, as the end of its path.
 */
export function mergeDrafts(drafts: readonly Draft[], chosenPages: ReadonlyMap<string, string>): MergedDraft {
  const end = chosenPages.get(drafts[0]?.action ?? "");
  const chosen = drafts.find(({ file }) => end !== undefined && `/${file}`.endsWith(`/${end}`));
  const first = chosen ?? drafts[0];
  if (first === undefined) throw new Error("there are no drafts to merge");
  const others = drafts.filter((draft) => draft !== first);
  const otherFiles = others.map(({ file }) => file);
  if (chosen !== undefined) {
    const findings = others.flatMap(({ file, action }) => {
      const own = new Findings(file);
      const message = `describes ${action} too, but the configuration names ${chosen.file}`;
      own.note("page-ignored", 1, message, "No action needed.");
      return own.list;
    });
    return { draft: chosen, otherFiles, findings };
  }
  if (others.length === 0) return { draft: first, otherFiles, findings: [] };
  const document = structuredClone(first.document);
  const findings = others.flatMap((other) => mergeInto(document, first, other));
  return { draft: { ...first, document }, otherFiles, findings };
}

function mergeInto(document: Json, first: Draft, other: Draft): Finding[] {
  const findings = new Findings(other.file);
  const help =
    "Make the pages agree, or name the authoritative one in transcribe.pages of the configuration.";
  const warn = (code: string, line: number, message: string) => findings.warn(code, line, message, help);
  if (other.product !== first.product) {
    const message = `describes ${first.action} as an action of ${other.product}, but ${first.file} as one of ${first.product}`;
    warn("page-product", 1, message);
  }
  const ours = new Map(tablesOf(document).map((table) => [table.name, table]));
  let reworded = 0;
  for (const theirs of tablesOf(other.document)) {
    const table = ours.get(theirs.name);
    if (table === undefined) continue;
    for (const [name, field] of theirs.fields) {
      const known = table.fields.get(name);
      const line = lineOf(name, theirs.lines);
      const path = `${theirs.name === "parameters" ? "" : `${theirs.name}.`}${name}`;
      if (known === undefined) {
        table.add(name, field);
        warn("page-adds", line, `${path} is missing on ${first.file}, and is added from this page`);
        continue;
      }
      const shapes = [shapeOf(field, theirs.required.has(name)), shapeOf(known, table.required.has(name))];
      if (shapes[0] !== shapes[1]) {
        const at = `${first.file}:${lineOf(name, table.lines)}`;
        warn("page-differs", line, `${path} is described as ${shapes[0]}, but as ${shapes[1]} at ${at}`);
      } else if (known.description !== field.description) reworded++;
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
  return findings.list;
}

/** Line of a field. A field without a row of its own has the line of the first field inside it. */
function lineOf(name: string, lines: Lines): number {
  const row = Object.keys(lines).find((key) => key === name || key.startsWith(`${name}.`));
  return lines[row ?? ""] ?? 1;
}

interface Table {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Json>;
  /** Names of the required fields. */
  readonly required: ReadonlySet<unknown>;
  readonly lines: Lines;
  add(name: string, field: Json): void;
}

/** Tables of a document: its parameters, and each of its schemas. */
function tablesOf(document: Json): Table[] {
  const source = sourceOf(document);
  const { get } = (document.paths as Record<string, { get: Json }>)["/"] ?? { get: {} };
  const list = get.parameters as Json[];
  const parameters: Table = {
    name: "parameters",
    fields: new Map(list.map((parameter) => [String(parameter.name), parameter])),
    required: new Set(list.filter(({ required }) => required === true).map(({ name }) => name)),
    lines: source.parameters,
    add: (_, parameter) => void list.push(parameter),
  };
  const schemas = Object.entries(schemasOf(document)).map(
    ([name, schema]): Table => ({
      name,
      fields: new Map(Object.entries((schema.properties as Record<string, Json>) ?? {})),
      required: requiredOf(schema),
      lines: source.schemas[name] ?? {},
      // A field that is required on one page only stays optional.
      add: (field, property) => void Object.assign(schema.properties as Json, { [field]: property }),
    }),
  );
  return [parameters, ...schemas];
}

function schemasOf(document: Json): Record<string, Json> {
  return (document.components as { schemas: Record<string, Json> }).schemas;
}

function sourceOf(document: Json): Source {
  return document["x-actiongen-source"] as Source;
}

/** Everything of a field that two pages must agree on, as a short text: all but its description. */
function shapeOf(field: Json, isRequired: boolean): string {
  const { schema = field } = field as { schema?: Json };
  return `${isRequired ? "required" : "optional"} ${formatSchema(schema)}`;
}

function formatSchema(schema: Json): string {
  const { $ref, type, items, properties, required, description, deprecated, ...facts } = schema;
  const known = Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts)}`;
  if (typeof $ref === "string") return `${$ref.split("/").at(-1) ?? $ref}${known}`;
  if (type === "array") return `array of ${formatSchema((items as Json) ?? {})}${known}`;
  if (properties === undefined) return `${type ?? "any"}${known}`;
  const names = requiredOf(schema);
  const fields = Object.entries(properties as Record<string, Json>).map(
    ([name, one]) => `${name}${names.has(name) ? "" : "?"}: ${formatSchema(one)}`,
  );
  return `object {${fields.join(", ")}}`;
}

function requiredOf({ required }: Json): ReadonlySet<unknown> {
  return new Set(Array.isArray(required) ? required : []);
}
