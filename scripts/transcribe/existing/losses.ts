import type { Findings } from "../findings.js";
import type { Json } from "../schema.js";
import { type DocumentFields, fieldsOf } from "./fields.js";

/**
 * Reports what the existing document of a page has and the page lacks: as a warning, or as an error if the page looks
 * as if a part of it was cut off.
 *
 * @param document path of the existing document, for messages.
 * @param before the existing document.
 * @param after documents of the page, of which one has the field if it is not lost: without and with overlays.
 * @returns whether the existing document must be kept.
 */
export function reportLosses(
  document: string,
  before: Json,
  after: readonly Json[],
  line: number,
  findings: Findings,
): boolean {
  const known = fieldsOf(before);
  const found = after.map(fieldsOf);
  const parameters = missing("parameters", known, found);
  const response = missing("response", known, found);
  const all = new Set([...parameters, ...response]);
  // Other checks warn about a page without an example.
  if (all.size === 0) return false;
  const inModels = [...known.inModels].filter((name) => all.has(name));
  const lost: Losses = { parameters, response, inModels };
  const count = parameters.length + response.length;
  const hasLostExample = known.hasExample && !found.some(({ hasExample }) => hasExample);
  const names = describe(lost, hasLostExample);
  const isMany = count > 1 && 3 * count >= known.parameters.size + known.response.size;
  const isKind = kinds.some((kind) => known[kind].size > 0 && lost[kind].length === known[kind].size);
  if (isMany || isKind || hasLostExample) {
    const help = `${document} was not changed. Complete the page; if it is complete, delete the document, and run again.`;
    findings.error("page-cut", line, `has lost so much that it may have been cut off: ${names}`, help);
    return true;
  }
  const help = `The former ${document} had it. Complete the page, if it was not removed on purpose.`;
  findings.warn("page-loses", line, `has lost ${names}`, help);
  return false;
}

const kinds = ["parameters", "response", "inModels"] as const;

type Losses = Readonly<Record<(typeof kinds)[number], readonly string[]>>;

function missing(
  kind: "parameters" | "response",
  before: DocumentFields,
  after: readonly DocumentFields[],
): string[] {
  return [...before[kind]].filter((name) => !after.some((one) => one[kind].has(name)));
}

function describe({ parameters, response }: Losses, hasLostExample: boolean): string {
  const part = (what: string, names: readonly string[]) => {
    if (names.length === 0) return [];
    const others = names.length > 5 ? ` and ${names.length - 4} more` : "";
    const shown = others === "" ? names : names.slice(0, 4);
    return [`the ${what}${names.length === 1 ? "" : "s"} ${shown.join(", ")}${others}`];
  };
  return [
    ...part("parameter", parameters),
    ...part("response field", response),
    ...(hasLostExample ? ["the response example"] : []),
  ].join("; ");
}
