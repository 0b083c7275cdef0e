import type { Finding } from "./findings.js";
import { Findings } from "./findings.js";
import type { Json } from "./schema.js";

/** The document that one page gave. */
export interface Draft {
  readonly action: string;
  readonly product: string;
  /** The page, as a person would name it. */
  readonly file: string;
  readonly document: Json;
}

type Lines = Readonly<Record<string, number>>;
interface Source {
  readonly page: string;
  readonly line: number;
  readonly parameters: Lines;
  readonly schemas: Readonly<Record<string, Lines>>;
}

/**
 * Makes one document of the pages that describe one action. The first page counts; what only another one has is
 * added; what they say differently is reported and stays as the first page has it.
 *
 * @param chosen the file of the page that the configuration names; then the others do not count at all.
 */
export function mergeDrafts(
  drafts: readonly Draft[],
  chosen: string | undefined,
): { draft: Draft; findings: Finding[] } {
  const [first, ...others] = [...drafts].sort(
    (a, b) => Number(b.file === chosen) - Number(a.file === chosen),
  );
  if (first === undefined) throw new Error("there is nothing to merge");
  if (chosen === first.file) {
    const passedOver = others.flatMap(({ file, action }) => {
      const findings = new Findings(file);
      findings.add(
        "doubt",
        "page-passed-over",
        1,
        `describes ${action} too, but the configuration names ${first.file}`,
        "Nothing to do.",
      );
      return findings.all;
    });
    return { draft: first, findings: passedOver };
  }
  if (others.length === 0) return { draft: first, findings: [] };
  const document = structuredClone(first.document);
  const merged = others.flatMap((other) => mergeInto(document, first, other));
  return { draft: { ...first, document }, findings: merged };
}

function mergeInto(document: Json, first: Draft, other: Draft): Finding[] {
  const findings = new Findings(other.file);
  const add = (code: string, line: number, message: string) =>
    findings.add(
      "warning",
      code,
      line,
      message,
      `Make the pages agree, or name the one that counts in transcribe.pages of the configuration.`,
    );
  if (other.product !== first.product) {
    add(
      "page-product",
      1,
      `describes ${first.action} as an action of ${other.product}, but ${first.file} as one of ${first.product}`,
    );
  }
  const [ours, theirs] = [parts(document), parts(other.document)];
  const counter = { descriptions: 0 };
  for (const table of theirs) {
    const same = ours.find(({ name }) => name === table.name);
    if (same === undefined) continue;
    for (const [name, field] of table.fields) {
      const known = same.fields.get(name);
      const line = lineOf(name, table.lines);
      const place = `${table.name === "parameters" ? "" : `${table.name}.`}${name}`;
      if (known === undefined) {
        same.add(name, field);
        add("page-adds", line, `${place} is not on ${first.file}, and is taken from this page`);
        continue;
      }
      const [said, saidFirst] = [
        shape(field, table.required.has(name)),
        shape(known, same.required.has(name)),
      ];
      if (said !== saidFirst) {
        const at = `${first.file}:${lineOf(name, same.lines)}`;
        add("page-differs", line, `${place} is described as ${said}, but as ${saidFirst} at ${at}`);
      } else if (known.description !== field.description) counter.descriptions++;
    }
  }
  addMissingSchemas(document, other.document);
  if (counter.descriptions > 0) {
    findings.add(
      "doubt",
      "page-wording",
      1,
      `words ${counter.descriptions === 1 ? "1 description" : `${counter.descriptions} descriptions`} otherwise than ${first.file}, which counts`,
      "Nothing to do if they say the same.",
    );
  }
  const source = document["x-actiongen-source"] as Json;
  source.otherPages = [
    ...((source.otherPages as string[] | undefined) ?? []),
    (other.document["x-actiongen-source"] as unknown as Source).page,
  ];
  return findings.all;
}

/** The line of a field, which may have no row of its own, only rows of what is in it. */
function lineOf(name: string, lines: Lines): number {
  const inIt = Object.keys(lines).find((row) => row === name || row.startsWith(`${name}.`));
  return lines[inIt ?? ""] ?? 1;
}

interface Table {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Json>;
  /** Names of the fields that are required. */
  readonly required: ReadonlySet<unknown>;
  readonly lines: Lines;
  add(name: string, field: Json): void;
}

/** The tables of a document: its parameters, and each of its schemas. */
function parts(document: Json): Table[] {
  const source = document["x-actiongen-source"] as unknown as Source;
  const list = operationOf(document).parameters as Json[];
  const schemas = (document.components as { schemas: Record<string, Json> }).schemas;
  return [
    {
      name: "parameters",
      fields: new Map(list.map((parameter) => [String(parameter.name), parameter])),
      required: new Set(list.filter(({ required }) => required === true).map(({ name }) => name)),
      lines: source.parameters,
      add: (_, parameter) => void list.push(parameter),
    },
    ...Object.entries(schemas).map(
      ([name, schema]): Table => ({
        name,
        fields: new Map(Object.entries((schema.properties as Record<string, Json>) ?? {})),
        required: requiredOf(schema),
        lines: source.schemas[name] ?? {},
        // Required on one page only is not required by both.
        add: (field, property) => void Object.assign(schema.properties as Json, { [field]: property }),
      }),
    ),
  ];
}

function operationOf(document: Json): Json {
  return (document.paths as Record<string, { get: Json }>)["/"]?.get ?? {};
}

function addMissingSchemas(document: Json, other: Json): void {
  const schemas = (document.components as { schemas: Json }).schemas;
  for (const [name, schema] of Object.entries((other.components as { schemas: Json }).schemas))
    schemas[name] ??= schema;
}

/** What two descriptions of a field have to agree in, said shortly: all but their words. */
function shape(field: Json, isRequired: boolean): string {
  const { schema = field } = field as { schema?: Json };
  return `${isRequired ? "required" : "optional"} ${sayShape(schema)}`;
}

function sayShape(schema: Json): string {
  const { $ref, type, items, properties, required, description, deprecated, ...facts } = schema;
  const known = Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts)}`;
  if (typeof $ref === "string") return `${$ref.split("/").at(-1) ?? $ref}${known}`;
  if (type === "array") return `array of ${sayShape((items as Json) ?? {})}${known}`;
  if (properties === undefined) return `${type ?? "any"}${known}`;
  const names = requiredOf(schema);
  const fields = Object.entries(properties as Record<string, Json>).map(
    ([name, one]) => `${name}${names.has(name) ? "" : "?"}: ${sayShape(one)}`,
  );
  return `object {${fields.join(", ")}}`;
}

function requiredOf({ required }: Json): ReadonlySet<unknown> {
  return new Set(Array.isArray(required) ? required : []);
}
