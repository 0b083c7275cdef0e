import { join } from "node:path";
import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { type Diagnostic, Diagnostics, formatDiagnostics, InputError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { generate } from "../generate.js";
import { interruption } from "../listen.js";
import { noProgress } from "../progress.js";
import { startSiteServer } from "../serve/site-server.js";
import { debounce, watchFolders } from "../serve/watch.js";
import { commandLine, toolkitFolder } from "../toolkit.js";
import { transcribePages, writeDocuments } from "../transcribe.js";
import { elapsedSeconds } from "./printing.js";

/** Options of `actiongen docs`. */
export interface DocsOptions {
  readonly spec: string;
  readonly out: string;
  /** Folder of pages that are transcribed to the specification first. */
  readonly pages?: string;
  readonly port: number;
  /** Path to serve the reference under, instead of `docs.basePath` of the configuration. */
  readonly basePath?: string;
}

/** Generates and serves the reference until the program is interrupted. @returns true */
export async function runDocs(options: DocsOptions): Promise<boolean> {
  const docs = await serveDocs(options);
  await interruption();
  await docs.close();
  return true;
}

/**
 * Generates and serves the reference, and does so again after each change of the specification, the pages or the
 * templates. Problems are printed, and the last reference without problems stays served.
 *
 * @returns the URL of the home page, and a function that ends it.
 * @throws InputError if the port is not available.
 */
export async function serveDocs(options: DocsOptions): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await startSiteServer(join(options.out, "docs"), options.port);
  const printProblems = createPrinter();
  let hadProblems = false;

  async function build(isFirst: boolean): Promise<void> {
    const started = performance.now();
    const { problems, changed } = await buildOnce(options);
    printProblems(problems);
    const isFixed = hadProblems && problems.length === 0;
    hadProblems = problems.length > 0;
    // A change of a page is followed by one of its document, which changes nothing else.
    if (!isFirst && !isFixed && changed === 0) return;
    server.publish(await basePathOf(options));
    if (!hadProblems || changed > 0)
      console.log(`${changed} files written or removed in ${elapsedSeconds(started)}.`);
  }

  const { spec, out, pages = spec } = options;
  const rebuild = debounce(100, () => build(false));
  const folders = [spec, pages, join(toolkitFolder, "templates")];
  const unwatch = watchFolders(folders, out, rebuild.run, ({ message }) =>
    console.error(`error: changes are not seen everywhere: ${message}`),
  );
  await build(true);
  console.log(`The reference is served at ${server.url()}

It is rebuilt after each change in ${[...new Set(folders)].map(displayPath).join(", ")}.`);
  return {
    url: server.url(),
    async close() {
      unwatch();
      await rebuild.stop();
      await server.close();
    },
  };
}

interface Build {
  /** Errors, and warnings of pages. */
  readonly problems: readonly Diagnostic[];
  /** Number of files that were written or removed. */
  readonly changed: number;
}

async function buildOnce({ spec, out, pages, basePath }: DocsOptions): Promise<Build> {
  const problems: Diagnostic[] = [];
  try {
    if (pages !== undefined) problems.push(...(await updateDocuments(pages, spec)));
    const { written, removed } = await generate({ spec, out, check: false, ...(basePath && { basePath }) });
    return { problems, changed: written.length + removed.length };
  } catch (error) {
    const found = error instanceof InputError ? error.diagnostics : [failure(error as Error)];
    return { problems: [...problems, ...found], changed: 0 };
  }
}

/** Path that the reference is served under. A problem of the configuration is reported when it is generated. */
async function basePathOf({ spec, basePath }: DocsOptions): Promise<string> {
  if (basePath !== undefined) return basePath;
  const config = await loadConfig(join(spec, configName), new Diagnostics());
  return config?.brand.docs.basePath ?? "/";
}

/** Transcribes pages, and writes or removes the documents that changed. @returns what its maintainer should fix. */
async function updateDocuments(pages: string, spec: string): Promise<Diagnostic[]> {
  const transcription = await transcribePages([pages], { out: spec, overlay: [] }, noProgress);
  await writeDocuments(spec, transcription);
  return transcription.findings
    .filter(({ severity }) => severity !== "note")
    .map(({ severity, ...rest }) =>
      severity === "warning" ? { ...rest, message: `warning: ${rest.message}` } : rest,
    );
}

/** A failure of the toolkit itself, such as an error in a template. */
function failure({ message }: Error): Diagnostic {
  const help = `Correct the template, or run \`${commandLine} generate\` for details.`;
  return { code: "failure", file: "docs", line: 0, message, help };
}

/** Creates a function that prints the problems that its previous call did not print. */
function createPrinter(): (problems: readonly Diagnostic[]) => void {
  let known = new Set<string>();
  return (problems) => {
    const fresh = problems.filter((problem) => !known.has(JSON.stringify(problem)));
    if (fresh.length > 0) console.error(formatDiagnostics(fresh));
    known = new Set(problems.map((problem) => JSON.stringify(problem)));
  };
}
