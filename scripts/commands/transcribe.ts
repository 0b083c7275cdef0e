import { join } from "node:path";
import { configName } from "../config-name.js";
import { Diagnostics, formatDiagnostics, InputError } from "../diagnostic.js";
import { displayPath, readFolder, readSource, toSlashes } from "../files.js";
import { openCache } from "../incremental/cache.js";
import { hashOfAll } from "../incremental/hash.js";
import { writeAll, writeWhole } from "../output/write.js";
import { readOverlays } from "../overlay/read.js";
import { progressBar } from "../progress.js";
import { cacheFolder, toolkitStamp } from "../toolkit.js";
import { configFor } from "../transcribe/configuration.js";
import { earlierTranscriptions } from "../transcribe/earlier.js";
import type { Finding } from "../transcribe/findings.js";
import { reportJson, type Summary, summarize } from "../transcribe/report.js";
import { readPages } from "../transcribe/sources.js";
import { type Transcription, transcribe } from "../transcribe/transcribe.js";
import { mostLines, printSome, sayTime } from "./printing.js";

/** The options of `actiongen transcribe`. */
export interface TranscribeOptions {
  readonly out: string;
  /** Overlay files; where none is given, `<out>/overlays/*.yaml`. */
  readonly overlay: readonly string[];
  readonly report?: string;
  readonly check: boolean;
}

/** @returns whether every page was read and, with `--check`, nothing would change. */
export async function runTranscribe(paths: readonly string[], options: TranscribeOptions): Promise<boolean> {
  const started = performance.now();
  const diagnostics = new Diagnostics();
  const config = await configFor(options.out, diagnostics);
  const overlayFiles = options.overlay.length > 0 ? options.overlay : await overlaysIn(options.out);
  const overlays = await readOverlays(overlayFiles, diagnostics);
  const unreadable = new Diagnostics();
  const pages = await readPages(paths, diagnostics, unreadable);
  diagnostics.throwIfAny();
  if (config === undefined) return false;

  const settings = {
    ...config.transcribe,
    baseUrl: config.brand.baseUrl,
    titles: config.titles,
    out: options.out,
  };
  const cache = openCache(cacheFolder, "transcribe", process.cwd(), options.out);
  const overlayTexts = await Promise.all(overlayFiles.map(readSource));
  const { titles: _, products: folders, ...rest } = settings;
  const base = hashOfAll(
    toolkitStamp(),
    JSON.stringify([rest, [...folders], [...config.transcribe.pages]]),
    ...overlayTexts.flatMap(({ path, text }) => [path, text]),
  );
  const progress = progressBar("pages");
  progress.start(pages.length);
  const transcribed = await transcribe({
    pages,
    overlays,
    settings,
    chosenPages: config.transcribe.pages,
    earlier: earlierTranscriptions(cache, base, settings, pages),
    onPage: progress.step,
  });
  progress.stop();
  await cache.save();
  const transcription = withUnreadable(transcribed, unreadable);
  const summary = summarize(transcription);
  printFindings(transcription.findings, options.report);
  await writeDocuments(transcription, options);
  if (!options.check && config.isNew) {
    await writeWhole(join(options.out, configName), config.textFor(products(transcription)));
    console.log(`wrote ${toSlashes(displayPath(options.out))}/${configName}, a copy of ${config.file}`);
  }
  if (options.report !== undefined) await writeWhole(options.report, reportJson(transcription));
  console.log(sayWhole(summary, options.check, sayTime(started)));
  return summary.faults === 0 && !(options.check && summary.changed > 0);
}

/** Counts pages that could not be opened among those that were refused. */
function withUnreadable(transcription: Transcription, { list }: Diagnostics): Transcription {
  const findings = list.map((fault): Finding => ({ severity: "fault", ...fault }));
  const refused = findings.map((finding) => ({
    file: finding.file,
    action: "",
    product: "",
    findings: [finding],
  }));
  return {
    ...transcription,
    pages: [...transcription.pages, ...refused],
    findings: [...findings, ...transcription.findings],
  };
}

function products({ documents }: Transcription): ReadonlySet<string> {
  return new Set(documents.map(({ product }) => product));
}

async function overlaysIn(out: string): Promise<string[]> {
  const files = await readFolder(join(out, "overlays"), ".yaml").catch((error: unknown) => {
    if (error instanceof InputError) return [];
    throw error;
  });
  return files.map(({ path }) => path);
}

async function writeDocuments(
  { documents }: Transcription,
  { out, check }: TranscribeOptions,
): Promise<void> {
  const changed = documents.filter(({ isChanged }) => isChanged);
  if (!check && changed.length > 0) await writeAll(out, changed);
  const folder = toSlashes(displayPath(out));
  printSome(changed.map(({ path }) => `${check ? "would write" : "wrote"} ${folder}/${path}`));
}

/** Faults in full, warnings in full where they are few; doubts are for the report. */
function printFindings(findings: readonly Finding[], report: string | undefined): void {
  const diagnostics = findings.filter(({ severity }) => severity === "fault");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  if (diagnostics.length > 0) console.error(formatDiagnostics(diagnostics));
  if (warnings.length > 0) console.error(formatDiagnostics(warnings.slice(0, mostLines).map(asWarning)));
  if (warnings.length > mostLines) {
    const where =
      report === undefined ? "Write all of them to a file with --report." : `All of them are in ${report}.`;
    console.error(`… and ${warnings.length - mostLines} warnings more. ${where}`);
  }
}

function asWarning(finding: Finding): Finding {
  return { ...finding, message: `warning: ${finding.message}` };
}

function sayWhole(summary: Summary, check: boolean, time: string): string {
  const { pages, actions, warnings, doubts, refused, changed } = summary;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  return `${count(pages, "page")} read, ${count(actions, "action")}, ${count(warnings, "warning")}, ${count(doubts, "doubt")}, ${refused} refused, ${changed} ${check ? "would be written" : "written"}, ${actions - changed} unchanged in ${time}.`;
}
