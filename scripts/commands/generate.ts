import { displayPath, toSlashes } from "../files.js";
import { type GenerateOptions, generate } from "../pipeline.js";
import { manifestName } from "../writer.js";

/** @returns whether the output is as it should be: always after writing, else if nothing would change. */
export async function runGenerate(options: GenerateOptions): Promise<boolean> {
  const { written, removed, unchanged } = await generate(options);
  const folder = displayPath(options.out);
  for (const path of written)
    console.log(`${options.check ? "would write" : "wrote"} ${toSlashes(folder)}/${path}`);
  for (const path of removed)
    console.log(`${options.check ? "would remove" : "removed"} ${toSlashes(folder)}/${path}`);
  const changed = written.length + removed.length;
  if (!options.check) {
    console.log(`${written.length} written, ${removed.length} removed, ${unchanged} unchanged.`);
    return true;
  }
  if (changed === 0) console.log(`${unchanged} files are up to date.`);
  else
    console.error(
      `${changed === 1 ? "1 file" : `${changed} files`} would change. Run \`npm run actiongen -- generate\`, and commit ${manifestName} too.`,
    );
  return changed === 0;
}
