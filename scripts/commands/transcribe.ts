import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { configName } from "../config-name.js";
import { InputError } from "../diagnostic.js";
import type { Change } from "../diff/change.js";
import { displayPath, readSource, toSlashes } from "../files.js";
import { folderProblem } from "../output/make-folder.js";
import { pathInRepository } from "../output/repository-path.js";
import { writeWhole } from "../output/write.js";
import { progressBar } from "../progress.js";
import { compareWithBaseline } from "../transcribe/baseline.js";
import type { EditedDocument } from "../transcribe/existing/edits.js";
import { isNote } from "../transcribe/findings.js";
import { type Summary, summarize } from "../transcribe/report.js";
import type { Transcription } from "../transcribe/transcribe.js";
import { configFileOf, type PageOptions, transcribePages, writeDocuments } from "../transcribe.js";
import { diffCommand } from "./command-line.js";
import { printSummary } from "./print-changes.js";
import { printFindings } from "./print-findings.js";
import { count, elapsedSeconds, printSome } from "./printing.js";
import { openBaseline, reportBaseline, writeReport } from "./transcribe-results.js";

/** Options of `actiongen transcribe`. */
export interface TranscribeOptions extends PageOptions {
  readonly report?: string;
  /** Default: `sarif` if the name of the report ends in `.sarif`, else `json`. */
  readonly reportFormat?: "json" | "sarif";
  /** File of known errors and warnings. Only others are printed, and count for the result. */
  readonly baseline?: string;
  /** Writes the errors and warnings of this run to the baseline. */
  readonly updateBaseline?: boolean;
  readonly check: boolean;
  /** Command line without `--check`, for advice. */
  readonly command: string;
}

/**
 * @returns `true` if there are no errors, with a baseline no errors and warnings that it lacks, and with `--check` nothing
 * would change.
 */
export async function runTranscribe(paths: readonly string[], options: TranscribeOptions): Promise<boolean> {
  const started = performance.now();
  const blocked = folderProblem(options.out);
  if (blocked !== undefined) throw new InputError([blocked]);
  const baseline = await openBaseline(options);
  const progress = progressBar("pages");
  const transcription = await transcribePages(paths, options, progress);
  const { documents, findings, pages } = transcription;
  const compared = baseline && compareWithBaseline(findings, baseline, pages);
  const fresh = compared?.fresh ?? findings;
  printFindings(options.updateBaseline ? fresh.filter(isNote) : fresh, options.report);
  for (const one of transcription.edited) console.error(keepingText(one, options.out));
  const changes = options.check ? undefined : await writeAndCompare(options.out, transcription);
  printDocuments(transcription, options);
  const configFile = configFileOf(options.out);
  if (!options.check && configFile !== join(options.out, configName)) {
    const products = new Set(documents.map(({ product }) => product));
    await writeWhole(join(options.out, configName), await configText(configFile, products));
    console.log(
      `wrote ${toSlashes(displayPath(options.out))}/${configName}, a copy of ${toSlashes(configFile)}`,
    );
  }
  await writeReport(transcription, fresh, options);
  if (compared !== undefined) await reportBaseline(compared, options);
  const summary = summarize(transcription, fresh);
  const known = compared === undefined ? "" : `, ${compared.knownCount} known`;
  console.log(`${formatSummary(summary, known, options.check)} in ${elapsedSeconds(started)}.`);
  const isOutdated = options.check && summary.changed + summary.removed + transcription.pageFacts.length > 0;
  const isInRepository = pathInRepository(options.out) !== undefined;
  if (changes !== undefined) printSummary(changes, isInRepository ? diffCommand("HEAD", options.out) : "");
  if (isOutdated) console.error(`Run \`${options.command}\` and commit the result.`);
  const failures = compared === undefined ? summary.errors : summary.errors + summary.warnings;
  return (failures === 0 || options.updateBaseline === true) && !isOutdated;
}

/** Writes the documents. @returns what changes for programs, if that is known. */
async function writeAndCompare(out: string, transcription: Transcription): Promise<Change[] | undefined> {
  const write = () => writeDocuments(out, transcription);
  const { documents, removed } = transcription;
  if (removed.length === 0 && !documents.some(({ isChanged }) => isChanged)) return void (await write());
  // Imported on demand: loading it takes longer than a run without changes.
  return await (await import("../diff/run-changes.js")).changesByWriting(out, transcription, write);
}

/** How to keep the values of an edited document. */
function keepingText({ path, overlay }: EditedDocument, out: string): string {
  const folder = toSlashes(displayPath(out));
  // Overlays are applied in the order of their names: this one comes after that of the product.
  const name = path.replace(/\.openapi\.yaml$/, "").replaceAll("/", "_");
  return `To keep every value of ${folder}/${path}, save this as ${folder}/overlays/${name}.yaml and run again:\n\n${overlay}`;
}

/** Text of a configuration, with the titles of these products only. */
async function configText(file: string, products: ReadonlySet<string>): Promise<string> {
  const yaml = parseDocument((await readSource(file)).text);
  const titles = yaml.get("products");
  if (isMap(titles)) titles.items = titles.items.filter(({ key }) => products.has(String(key)));
  return yaml.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function printDocuments(transcription: Transcription, { out, check }: TranscribeOptions): void {
  const { documents, removed, pageFacts } = transcription;
  const changed = [...documents.filter(({ isChanged }) => isChanged), ...pageFacts];
  const folder = toSlashes(displayPath(out));
  printSome(changed.map(({ path }) => `${check ? "would write" : "wrote"} ${folder}/${path}`));
  printSome(removed.map((path) => `${check ? "would remove" : "removed"} ${folder}/${path}`));
}

/** @param known how many errors and warnings the baseline has. */
function formatSummary(summary: Summary, known: string, check: boolean): string {
  const { pages, actions, warnings, notes, rejected, others, changed, removed } = summary;
  const other = others === 0 ? "" : ` (${count(others, "page")} without one)`;
  const read = `${count(pages, "page")} read, ${count(actions, "action")}${other}, ${count(warnings, "warning")}`;
  const gone = removed === 0 ? "" : `${removed} ${check ? "would be removed" : "removed"}, `;
  const written = `${changed} ${check ? "would be written" : "written"}, ${gone}${actions - changed} unchanged`;
  return `${read}${known}, ${count(notes, "note")}, ${rejected} rejected, ${written}`;
}
