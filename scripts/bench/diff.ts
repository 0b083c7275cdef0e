import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFolder } from "../files.js";
import { toolkitFolder } from "../toolkit.js";
import { actionsPerProduct, openWorkspace } from "./generate.js";
import { checkTable, installed, inTemporaryFolder, measure, median, table } from "./measure.js";

export interface DiffBenchOptions {
  readonly actions: number;
  readonly runs: number;
  /** One of how many documents differs. */
  readonly oneOf: number;
  /** The program of the redocly CLI, which is not a dependency: `…/node_modules/@redocly/cli/bin/cli.js`. */
  readonly redocly: string;
}

const actiongen = join(toolkitFolder, "dist/scripts/main.js");

/** Measures `diff` of two states of a specification beside `redocly diff` of their bundles, in turns. */
export async function benchDiff({ actions, runs, oneOf, redocly }: DiffBenchOptions): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await measure(installed("typescript/bin/tsc"), "-p", join(toolkitFolder, "tsconfig.build.json"));
    const { spec, transcribe } = await openWorkspace(folder, actions, actionsPerProduct);
    await transcribe();
    const other = join(folder, "other");
    await cp(spec, other, { recursive: true });
    for (const [index, { path }] of (await readFolder(other, ".openapi.yaml")).entries()) {
      const text = await readFile(path, "utf8");
      if (index % oneOf === 0) await writeFile(path, text.replace("required: false", "required: true"));
    }
    const bundles = await Promise.all(
      [spec, other].map(async (state) => {
        const bundle = `${state}.json`;
        await measure(actiongen, "bundle", "--form", "virtual", "--spec", state, "--out", bundle);
        return bundle;
      }),
    );
    const own: number[] = [];
    const others: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      own.push((await measure(actiongen, "diff", spec, other)).wallSeconds);
      others.push((await measure(redocly, "diff", ...bundles, "--fail-on", "none")).wallSeconds);
    }
    const rows = [
      ["actiongen diff", median(own).toFixed(2)],
      ["redocly diff", median(others).toFixed(2)],
    ];
    console.log(`${actions} actions, one of ${oneOf} differs\n\n${table(["command", "wall s"], rows)}`);
    console.log(
      checkTable([{ name: "diff / redocly diff", figure: median(own) / median(others), limit: 0.5 }]),
    );
  });
}
