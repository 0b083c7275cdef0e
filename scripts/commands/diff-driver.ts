import { InputError } from "../diagnostic.js";
import type { Change } from "../diff/change.js";
import { compareStates } from "../diff/compare.js";
import { nothingChanges } from "../diff/report.js";
import { documentState, loadState, type State } from "../diff/state.js";
import { readSource } from "../files.js";
import { oneLine } from "../text.js";
import { formatChanges } from "./print-changes.js";

/**
 * Prints what changed in one document, for `git diff`. Problems are printed, too, since Git would stop at a failure.
 *
 * @param args what Git passes to a diff driver: the path, then a file with the content, its hash and its mode, of each state,
 * and the new path if the document was renamed; the path alone in a merge conflict.
 */
export async function runDriver(args: readonly string[], spec: string): Promise<void> {
  const [path = "", oldFile, , , newFile, , , newPath = path] = args;
  if (oldFile === undefined || newFile === undefined) return console.log(oneLine(`unmerged: ${path}`));
  console.log(oneLine(`diff of ${path === newPath ? path : `${path}, now ${newPath}`}`));
  try {
    const before = await loadDocument(path, oldFile, spec);
    const changes = compareStates(before, await loadDocument(newPath, newFile, spec)).map(withoutLines);
    const lines = formatChanges(changes, false);
    console.log(lines.join("\n") || nothingChanges);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.log(error.message);
  }
}

async function loadDocument(path: string, contentFile: string, spec: string) {
  // Git's name of a file that does not exist, on every system.
  const text = contentFile === "/dev/null" ? undefined : (await readSource(contentFile)).text;
  const state: State = documentState({ path, ...(text !== undefined && { text }) }, spec);
  return await loadState(state, new Set(state.found.map((document) => document.path)));
}

/** The lines of pages are known for the newest state only. */
function withoutLines(change: Change): Change {
  const nowhere = { file: "", line: 0 };
  return { ...change, cause: "document", oldSource: nowhere, newSource: nowhere };
}
