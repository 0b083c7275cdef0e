import { type BuildOptions, build } from "../build/build.js";
import { displayPath } from "../files.js";
import { elapsedSeconds } from "./printing.js";

/** Builds packages, and prints which. @returns true */
export async function runBuild(options: BuildOptions): Promise<boolean> {
  const started = performance.now();
  const folders = await build(options);
  const built = folders.length === 1 ? displayPath(folders[0] ?? "") : `${folders.length} packages`;
  console.log(`Built ${built} in ${elapsedSeconds(started)}.`);
  return true;
}
