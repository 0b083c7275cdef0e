import { compare } from "../text.js";
import { type Finding, Findings } from "./findings.js";
import { type Draft, type DraftGroup, tablesOf } from "./merge.js";
import type { Json } from "./schema.js";
import type { TranscribedPage } from "./transcribe-page.js";

/**
 * Groups drafts by product and action, sorted by both. An action can be in several products, which have a document each.
 * File systems may not distinguish names that differ only in case.
 *
 * @param findings collects names of one product that differ only in case.
 */
export function groupByAction(pages: readonly TranscribedPage[], findings: Finding[]): DraftGroup[] {
  const groups = new Map<string, DraftGroup>();
  for (const { draft } of pages) {
    if (draft === undefined) continue;
    const key = `${draft.product}/${draft.action.toLowerCase()}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else if (group[0].action === draft.action) group.push(draft);
    else {
      const [{ action, file }] = group;
      const message = `describes ${draft.action}, which differs from ${action} of ${file} only in case`;
      const own = new Findings(draft.file, findings);
      own.error("action-case", 1, message, "Correct the name that is wrong.");
    }
  }
  return [...groups.values()].sort(
    ([a], [b]) => compare(a.action, b.action) || compare(a.product, b.product),
  );
}

/** Notes each action that several products describe, with what differs from its description in the first product. */
export function noteOtherProducts(drafts: readonly Draft[], findings: Finding[]): void {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const known = first.get(draft.action);
    if (known === undefined) {
      first.set(draft.action, draft);
      continue;
    }
    const names = differences(known.document, draft.document);
    const how = names.length === 0 ? "in the same way" : `but differently: ${names.join(", ")}`;
    const message = `describes ${draft.action} of ${draft.product}, which ${known.file} describes for ${known.product}, ${how}`;
    const help = `No action needed if both products have it. If both are one product, map one folder to the other in transcribe.products of the configuration.`;
    new Findings(draft.file, findings).note("page-product", 1, message, help);
  }
}

/** Parameters and fields whose types differ between two documents of an action, or that only one of them has. */
function differences(ours: Json, theirs: Json): string[] {
  const [shapes, others] = [shapesOf(ours), shapesOf(theirs)];
  const names = new Set([...shapes.keys(), ...others.keys()]);
  return [...names].filter((name) => shapes.get(name) !== others.get(name));
}

/** Types of parameters and fields, by name. */
function shapesOf(document: Json): Map<string, string> {
  return new Map(
    [...tablesOf(document)].flatMap(([table, { fields }]) =>
      [...fields].map(([name, { shape }]): [string, string] => [
        table === "parameters" ? name : `${table}.${name}`,
        shape,
      ]),
    ),
  );
}
