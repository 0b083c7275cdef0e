import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { InputError, UsageError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { type BrandSettings, configPath, printFiles } from "../init/files.js";
import { runPipeline, writeRepository } from "../init/init.js";
import { shellArgument } from "./command-line.js";
import { count, elapsedSeconds } from "./printing.js";

/** Options of `actiongen init`; each setting is asked for if it is missing. */
export interface InitOptions extends Partial<BrandSettings> {
  /** Whether missing settings get their defaults instead. */
  readonly yes: boolean;
}

/** Asks a question on the terminal. @returns the response, or the default if it is empty. */
type Ask = (question: string, defaultValue: string) => Promise<string>;

/** Creates or completes a repository, then transcribes, generates and verifies it. @returns true */
export async function runInit(folder: string, options: InitOptions): Promise<boolean> {
  const hasConfig = existsSync(join(folder, configPath));
  const settings = hasConfig ? undefined : await chooseSettings(folder, options);
  const started = performance.now();
  const { written, kept, added, keptEntries } = await writeRepository(folder, settings);
  const shown = (path: string) => displayPath(join(folder, path));
  for (const path of written) console.log(`wrote ${shown(path)}`);
  if (added.length > 0) console.log(`added ${added.join(", ")} to ${shown("package.json")}`);
  for (const path of kept) console.log(`kept ${shown(path)}`);
  for (const name of keptEntries) console.log(`kept ${name} of ${shown("package.json")}`);
  const { documents, files, recordings } = await runPipeline(folder);
  const done = [
    `${count(documents, "document")} transcribed`,
    `${count(files, "file")} generated`,
    `${count(recordings, "recording")} verified`,
  ];
  console.log(`${done.join(", ")} in ${elapsedSeconds(started)}.\n\n${nextSteps(folder, hasConfig)}`);
  return true;
}

function nextSteps(folder: string, hasConfig: boolean): string {
  const enter = displayPath(folder) === "." ? "" : `  cd ${shellArgument(displayPath(folder))}\n`;
  const replace =
    "\n\nThen replace spec/pages/example, its overlay and its recording with those of the vendor's actions.";
  return `Next steps:
${enter}  npm install     and commit everything, package-lock.json too
  npm run docs    shows the reference, and follows changes of the input
  npm run build   compiles the packages${hasConfig ? "" : replace}`;
}

const settingOptions = {
  brand: "--brand",
  baseUrl: "--base-url",
  scope: "--scope",
  prefix: "--prefix",
} as const;

async function chooseSettings(folder: string, { yes, ...passed }: InitOptions): Promise<BrandSettings> {
  const names = Object.keys(settingOptions) as (keyof BrandSettings)[];
  const missing = names.filter((name) => passed[name] === undefined);
  if (yes || missing.length === 0) return await readSettings(passed, async (_, defaultValue) => defaultValue);
  if (!process.stdin.isTTY) {
    const options = missing.map((name) => settingOptions[name]).join(", ");
    throw new UsageError(`error: missing settings\nPass ${options}, or --yes for their defaults.`);
  }
  return await onTerminal(async (ask) => {
    let settings = await readSettings(passed, ask);
    for (;;) {
      try {
        await printFiles(folder, settings);
        return settings;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        console.error(`\n${error.message}\n`);
        settings = await readSettings({}, ask, settings);
      }
    }
  });
}

/** Settings that are passed as options, else asked for. @param defaults instead of those that follow from the brand. */
async function readSettings(
  passed: Partial<BrandSettings>,
  ask: Ask,
  defaults: Partial<BrandSettings> = {},
): Promise<BrandSettings> {
  const brand = passed.brand ?? (await ask("Name of the brand", defaults.brand ?? "Example"));
  const word = brand.toLowerCase().replace(/[^a-z\d]+/g, "") || "example";
  const derived = {
    baseUrl: `https://api.${word}.example/`,
    scope: `@${word}`,
    prefix: word.replace(/^\d+/, "").toUpperCase() || "API",
    ...defaults,
  };
  return {
    brand,
    baseUrl: passed.baseUrl ?? (await ask("URL of the gateway, ending in /", derived.baseUrl)),
    scope: passed.scope ?? (await ask("npm scope of the packages", derived.scope)),
    prefix: passed.prefix ?? (await ask("Prefix of environment variables", derived.prefix)),
  };
}

/** Runs questions on the terminal. @throws UsageError if the user ends them with Ctrl-C or Ctrl-D. */
async function onTerminal<Result>(run: (ask: Ask) => Promise<Result>): Promise<Result> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  try {
    return await run(async (question, defaultValue) => {
      terminal.setPrompt(`${question} (${defaultValue}): `);
      terminal.prompt();
      const { value, done } = await lines.next();
      if (done) throw new UsageError("\nerror: interrupted. Nothing was written.");
      return value.trim() || defaultValue;
    });
  } finally {
    terminal.close();
  }
}
