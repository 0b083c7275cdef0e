import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { configName } from "../config-name.js";
import { readFolder } from "../files.js";
import { toolkitFolder } from "../toolkit.js";
import { checkTable, installed, inTemporaryFolder, measure, median, table, type Usage } from "./measure.js";

export interface GenerateBenchOptions {
  /** Number of actions. */
  readonly actions: number;
  /** Number of measurements. */
  readonly runs: number;
}

/** The vendor's 1,644 actions are in 78 products. */
export const actionsPerProduct = 21;

/** The compiled program, as it is published. */
const actiongen = join(toolkitFolder, "dist/scripts/main.js");
const tsc = installed("typescript/bin/tsc");

/**
 * Measures generation from pages, and prints the figures and how they compare with their limits.
 *
 * @throws CommandError if a measured command fails.
 */
export async function benchGenerate({ actions, runs }: GenerateBenchOptions): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await measure(tsc, "-p", join(toolkitFolder, "tsconfig.build.json"));
    const one = await createConsumer(join(folder, "one"), 1);
    const many = await createConsumer(join(folder, "many"), actions);
    const rounds: Round[] = [];
    // Commands alternate, so that a machine that slows down affects all of them.
    for (let run = 0; run < runs; run += 1) {
      const round = await measureRound(join(folder, `${run}`), actions);
      // The first run of each fills the caches of the file system.
      for (const project of [one, many]) await measure(tsc, "-p", project);
      rounds.push({
        ...round,
        "tsc, package of one action": await measure(tsc, "-p", one),
        "tsc, package of all actions": await measure(tsc, "-p", many),
      });
    }
    report(`${actions} actions, median of ${runs}`, rounds);
  });
}

type Round = Readonly<Record<string, Usage>>;

async function measureRound(folder: string, actions: number): Promise<Round> {
  const { pages, spec, transcribe, generate } = await openWorkspace(folder, actions, actionsPerProduct);
  const transcribed = await transcribe();
  const generated = await generate();
  const unchanged = await generate();
  const [page = ""] = pages;
  await writeFile(page, (await readFile(page, "utf8")).replace("## Overview\n\n", "$&Revised. "));
  const transcribedAgain = await transcribe(page);
  const generatedAgain = await generate();
  const document = join(folder, "virtual.json");
  await measure(actiongen, "bundle", "--form", "virtual", "--spec", spec, "--out", document);
  return {
    transcribe: transcribed,
    "generate, from nothing": generated,
    "generate, nothing changed": unchanged,
    "transcribe, the changed page": transcribedAgain,
    "generate, one page changed": generatedAgain,
    "openapi-typescript": await measure(
      installed("openapi-typescript/bin/cli.js"),
      document,
      "--output",
      join(folder, "types.d.ts"),
    ),
  };
}

function report(title: string, rounds: readonly Round[]): void {
  const figure = (command: string, name: keyof Usage) =>
    median(rounds.map((round) => round[command]?.[name] ?? Number.NaN));
  const rows = Object.keys(rounds[0] ?? {}).map((command) => [
    command,
    figure(command, "wallSeconds").toFixed(2),
    figure(command, "cpuSeconds").toFixed(2),
    figure(command, "peakMegabytes").toFixed(0),
  ]);
  console.log(`${title}\n\n${table(["command", "wall s", "CPU s", "peak MB"], rows)}`);
  const seconds = (...commands: string[]) =>
    commands.reduce((sum, command) => sum + figure(command, "wallSeconds"), 0);
  const peak = Math.max(
    ...["transcribe", "generate, from nothing"].map((command) => figure(command, "peakMegabytes")),
  );
  const ratio = seconds("transcribe", "generate, from nothing") / seconds("openapi-typescript");
  const changed = seconds("transcribe, the changed page", "generate, one page changed");
  const consumers = seconds("tsc, package of all actions") / seconds("tsc, package of one action");
  console.log(
    checkTable([
      { name: "transcribe + generate / openapi-typescript", figure: ratio, limit: 3 },
      { name: "peak memory", figure: peak, limit: 500, unit: "MB" },
      { name: "nothing changed", figure: seconds("generate, nothing changed"), limit: 0.8, unit: "s" },
      { name: "one page changed", figure: changed, limit: 1.8, unit: "s" },
      { name: "tsc, package of all actions / of one action", figure: consumers, limit: 1.3 },
    ]),
  );
}

/** Creates pages of some actions and a specification folder, whose configuration is that of this repository. */
export async function openWorkspace(folder: string, actions: number, perProduct: number) {
  const [spec, out] = [join(folder, "spec"), join(folder, "out")];
  const pages = await writePages(join(folder, "pages"), actions, Math.ceil(actions / perProduct));
  const config = parseDocument(await readFile(join(toolkitFolder, "spec", configName), "utf8"));
  config.set("products", {});
  await mkdir(spec);
  await writeFile(join(spec, configName), config.toString());
  return {
    pages,
    spec,
    out,
    transcribe: (path = join(folder, "pages")) => measure(actiongen, "transcribe", path, "--out", spec),
    generate: () => measure(actiongen, "generate", "--spec", spec, "--out", out),
  };
}

/**
 * Writes pages of many actions: copies of the pages in `spec/pages`, spread evenly over some products. The actions and
 * data models of a copy have its number in their names: `DescribeUMemBackup0001`.
 *
 * @param folder receives `product<n>/<action>_<number>.md`.
 * @returns the paths of the pages.
 */
export async function writePages(folder: string, actions: number, products: number): Promise<string[]> {
  const originals = await readFolder(join(toolkitFolder, "spec/pages"), ".md");
  // Names of actions in the titles of pages, and of data models in their headings.
  const names = originals.flatMap(({ text }) =>
    Array.from(text.matchAll(/^(?:# .* - |#### )(\w+)$/gm), ([, name]) => name),
  );
  const pattern = new RegExp(`\\b(${names.join("|")})(Response)?\\b`, "gi");
  const pages = Array.from({ length: Math.ceil(actions / originals.length) }, (_, copy) => {
    const number = `${copy}`.padStart(4, "0");
    return originals.map(({ path, text }) => ({
      name: `${basename(path, ".md")}_${number}.md`,
      text: text.replace(pattern, `$1${number}$2`),
    }));
  });
  const written = pages
    .flat()
    .slice(0, actions)
    .map(async ({ name, text }, index) => {
      const path = join(folder, `product${index % products}`, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      return path;
    });
  return await Promise.all(written);
}

/** Program that imports one action from a package. */
const program = `
import { createUMemBackup0000, type CreateUMemBackup0000Params } from "@dezai/product0/actions/CreateUMemBackup0000";
import { connect } from "@dezai/product0/connect";

declare const params: CreateUMemBackup0000Params;
export const id: Promise<string | undefined> = createUMemBackup0000(connect(), params).then(({ BackupId }) => BackupId);
`;

/** Generates a package of some actions, and writes a program that uses it. @returns path of its tsconfig.json. */
async function createConsumer(folder: string, actions: number): Promise<string> {
  const { out, transcribe, generate } = await openWorkspace(folder, actions, actions);
  await transcribe();
  await generate();
  // Packages are found in the inner folder, and their dependencies in the outer one.
  await symlink(installed(""), join(folder, "node_modules"));
  await mkdir(join(out, "node_modules"));
  await symlink(join(out, "packages"), join(out, "node_modules/@dezai"));
  for (const name of ["core", "product0"]) {
    const source = join(out, "packages", name);
    // In reverse order: tsconfig.node.json comes first, which emits declarations of the files that it imports as well.
    const configs = (await readdir(source)).filter((file) => /^tsconfig.*\.json$/.test(file));
    for (const config of configs.sort().reverse())
      await measure(tsc, "-p", join(source, config), "--emitDeclarationOnly");
  }
  const consumer = join(out, "consumer");
  const options = { target: "ES2022", module: "NodeNext", types: [], strict: true, noEmit: true };
  await mkdir(consumer);
  await writeFile(join(consumer, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(consumer, "program.ts"), program);
  const config = join(consumer, "tsconfig.json");
  await writeFile(
    config,
    JSON.stringify({ compilerOptions: { ...options, lib: ["ES2022", "DOM", "DOM.Iterable"] } }),
  );
  return config;
}
