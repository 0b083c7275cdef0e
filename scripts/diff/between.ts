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
  return (await fewChangesBetween(before, after, spec, Number.POSITIVE_INFINITY)) ?? [];
}

/** The same, or `undefined` if more documents have to be compared than `maxDocuments`. */
export async function fewChangesBetween(
  before: string,
  after: string,
  spec: string,
  maxDocuments: number,
): Promise<Change[] | undefined> {
  return await withStates(before, after, spec, async (old, current) => {
    const needed = await neededDocuments(old, current, maxDocuments);
    return needed && compareStates(await loadState(old, needed), await loadState(current, needed));
  });
}
