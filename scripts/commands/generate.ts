import { displayPath, toSlashes } from "../files.js";
import { type GenerateOptions, generate } from "../generate.js";
import { manifestName } from "../output/manifest.js";
import { progressBar } from "../progress.js";
import { diffCommand } from "./command-line.js";
import { elapsedSeconds, printSome } from "./printing.js";

type GenerateCommand = Omit<GenerateOptions, "progress"> & {
  /** Command line without `--check`, for advice. */
  readonly command: string;
};

/**
 * Generates and prints what changed.
 *
 * @returns whether the output is up to date: always after writing, with `check` if nothing would change.
 */
export async function runGenerate(options: GenerateCommand): Promise<boolean> {
  const started = performance.now();
  const { written, removed, unchanged } = await generate({ ...options, progress: progressBar("documents") });
  const folder = toSlashes(displayPath(options.out));
  printSome(written.map((path) => `${options.check ? "would write" : "wrote"} ${folder}/${path}`));
  printSome(removed.map((path) => `${options.check ? "would remove" : "removed"} ${folder}/${path}`));
  const changed = written.length + removed.length;
  if (!options.check) {
    const counts = `${written.length} written, ${removed.length} removed, ${unchanged} unchanged`;
    console.log(`${counts} in ${elapsedSeconds(started)}.`);
    if (changed > 0) await printChanges(options);
    return true;
  }
  if (changed === 0) console.log(`${unchanged} files are up to date.`);
  else {
    const count = changed === 1 ? "1 file" : `${changed} files`;
    console.error(
      `${count} would change. Run \`${options.command}\` and commit the result with ${manifestName}.`,
    );
    await printChanges(options);
  }
  return changed === 0;
}

/** Prints what the new output changes for programs, compared with the committed one. */
async function printChanges({ spec, out }: GenerateCommand): Promise<void> {
  const { changesSinceGenerated } = await import("../diff/run-changes.js");
  const { printSummary } = await import("./print-changes.js");
  const found = await changesSinceGenerated(spec, out);
  if (found !== undefined) printSummary(found.changes, diffCommand(found.commit.slice(0, 12), spec));
}
