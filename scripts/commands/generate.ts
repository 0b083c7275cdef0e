import { displayPath, toSlashes } from "../files.js";
import { type GenerateOptions, generate } from "../generate.js";
import { manifestName } from "../output/plan.js";
import { progressBar } from "../progress.js";
import { elapsedSeconds, printSome } from "./printing.js";

/** @returns whether the output is as it should be: always after writing, else if nothing would change. */
export async function runGenerate(options: Omit<GenerateOptions, "progress">): Promise<boolean> {
  const started = performance.now();
  const { written, removed, unchanged } = await generate({ ...options, progress: progressBar("documents") });
  const folder = toSlashes(displayPath(options.out));
  printSome(written.map((path) => `${options.check ? "would write" : "wrote"} ${folder}/${path}`));
  printSome(removed.map((path) => `${options.check ? "would remove" : "removed"} ${folder}/${path}`));
  const changed = written.length + removed.length;
  if (!options.check) {
    const counts = `${written.length} written, ${removed.length} removed, ${unchanged} unchanged`;
    console.log(`${counts} in ${elapsedSeconds(started)}.`);
    return true;
  }
  if (changed === 0) console.log(`${unchanged} files are up to date.`);
  else
    console.error(
      `${changed === 1 ? "1 file" : `${changed} files`} would change. Run \`npm run actiongen -- generate\`, and commit ${manifestName} too.`,
    );
  return changed === 0;
}
