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
      const line = table.lines[name] ?? 1;
      const place = `${table.name === "parameters" ? "" : `${table.name}.`}${name}`;
      if (known === undefined) {
        same.add(name, field);
        add("page-adds", line, `${place} is not on ${first.file}, and is taken from this page`);
        continue;
      }
      if (shape(known) !== shape(field))
        add(
          "page-differs",
          line,
          `${place} is described as ${shape(field)}, but as ${shape(known)} at ${first.file}:${same.lines[name] ?? 1}`,
        );
      else if (known.description !== field.description) counter.descriptions++;
    }
  }
  addMissingSchemas(document, other.document);
  if (counter.descriptions > 0) {
    findings.add(
      "doubt",
      "page-wording",
      1,
      `words ${counter.descriptions} descriptions otherwise than ${first.file}, which counts`,
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

interface Table {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Json>;
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
      lines: source.parameters,
      add: (_, parameter) => void list.push(parameter),
    },
    ...Object.entries(schemas).map(
      ([name, schema]): Table => ({
        name,
        fields: new Map(Object.entries((schema.properties as Record<string, Json>) ?? {})),
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

/** What two descriptions of a field have to agree in, said shortly. */
function shape(field: Json): string {
  const { schema = field, required } = field as { schema?: Json; required?: unknown };
  const said = typeof required === "boolean" ? `${required ? "required" : "optional"} ` : "";
  return said + sayShape(schema as Json);
}

function sayShape({ $ref, type, items, properties }: Json): string {
  if (typeof $ref === "string") return $ref.split("/").at(-1) ?? $ref;
  if (type === "array") return `array of ${sayShape((items as Json) ?? {})}`;
  if (properties === undefined) return String(type ?? "any");
  return `object {${Object.entries(properties as Record<string, Json>)
    .map(([name, one]) => `${name}: ${sayShape(one)}`)
    .join(", ")}}`;
}
