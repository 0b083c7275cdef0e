import { join, posix } from "node:path";
import { Diagnostics, InputError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { openGit } from "../git.js";
import { findDocuments } from "../openapi/find-documents.js";
import { manifestName } from "../output/manifest.js";
import { pathInRepository } from "../output/repository-path.js";
import type { Transcription } from "../transcribe/transcribe.js";
import { fewChangesBetween } from "./between.js";
import type { Change } from "./change.js";
import { compareStates } from "./compare.js";
import { neededDocuments } from "./needed-documents.js";
import { loadState, type State } from "./state.js";

/** Number of documents that a run compares after its own work, which takes about a second. */
const maxDocuments = 100;

/**
 * Writes the documents of a run, and finds out what that changes for programs.
 *
 * @param write writes them.
 * @returns `undefined` if there were no documents, too many differ, or some have problems.
 */
export async function changesByWriting(
  out: string,
  { documents, removed }: Pick<Transcription, "documents" | "removed">,
  write: () => Promise<void>,
): Promise<Change[] | undefined> {
  const changed = documents.filter(({ isChanged }) => isChanged);
  if (changed.length + removed.length > maxDocuments) return void (await write());
  const found = await orNone(() => findDocuments(out, new Diagnostics()));
  const old: State = { folder: out, found: found ?? [], isPartial: false, nameOf: (file) => file };
  const paths = new Set([...changed.map(({ path }) => path), ...removed]);
  const current: State = {
    ...old,
    found: [
      ...old.found.filter(({ path }) => !paths.has(path)),
      ...changed.map(({ path, product, content }) => ({
        path,
        product,
        source: { path: displayPath(join(out, path)), text: content },
      })),
    ],
  };
  const before = await orNone(async () => {
    if (old.found.length === 0) return undefined;
    const needed = await neededDocuments(old, current, maxDocuments);
    return needed && { needed, model: await loadState(old, needed) };
  });
  await write();
  if (before === undefined) return undefined;
  return await orNone(async () => compareStates(before.model, await loadState(current, before.needed)));
}

/**
 * Finds out what changed for programs since the output folder was committed.
 *
 * @returns the changes since the commit; `undefined` if that is not known, or too many documents differ.
 */
export async function changesSinceGenerated(
  spec: string,
  out: string,
): Promise<{ readonly commit: string; readonly changes: readonly Change[] } | undefined> {
  const folder = pathInRepository(out);
  if (folder === undefined) return undefined;
  const manifest = posix.join(folder, manifestName);
  const commit = await openGit(out)
    .then(({ git }) => git("rev-list", "-1", "HEAD", "--", manifest))
    .catch(() => "");
  if (commit === "") return undefined;
  const changes = await orNone(() => fewChangesBetween(commit, spec, spec, maxDocuments));
  return changes && { commit, changes };
}

/** A result of input that may have problems, which are reported elsewhere. */
async function orNone<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
