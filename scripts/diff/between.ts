import type { Change } from "./change.js";
import { compareStates } from "./compare.js";
import { neededDocuments } from "./needed-documents.js";
import { loadState, withStates } from "./state.js";

/**
 * Compares two states of a specification, each a folder, one OpenAPI document, or a Git revision of the specification folder.
 *
 * @param before path or revision.
 * @param after path or revision.
 * @param spec the specification folder: a revision has it, and a document belongs to its configuration.
 * @throws InputError if one cannot be read.
 */
export async function changesBetween(before: string, after: string, spec: string): Promise<Change[]> {
  return await withStates(before, after, spec, async (old, current) => {
    const needed = await neededDocuments(old, current);
    return compareStates(await loadState(old, needed), await loadState(current, needed));
  });
}
