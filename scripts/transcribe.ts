import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "./config.js";
import { configName } from "./config-name.js";
import { Diagnostics, InputError } from "./diagnostic.js";
import { ifMissing, listFolder } from "./files.js";
import { writeAll } from "./output/write.js";
import { readOverlays } from "./overlay/read.js";
import type { Progress } from "./progress.js";
import type { Finding } from "./transcribe/findings.js";
import { ignoreFindings } from "./transcribe/ignore.js";
import { readPages, reportUnusedFolders } from "./transcribe/sources.js";
import { type Transcription, transcribe } from "./transcribe/transcribe.js";

/** Options of {@link transcribePages}. */
export interface PageOptions {
  /** The specification folder. */
  readonly out: string;
  /** Overlay files; if empty, `<out>/overlays/*.yaml`. */
  readonly overlay: readonly string[];
  /** Whether most documents of a folder of pages may be removed. Default: `false`. */
  readonly allowRemoving?: boolean;
}

/**
 * Transcribes pages, and writes nothing.
 *
 * @param paths pages, or folders of pages.
 * @throws InputError with the problems of everything but the pages, which are findings of the result.
 */
export async function transcribePages(
  paths: readonly string[],
  { out, overlay, allowRemoving = false }: PageOptions,
  progress: Progress,
): Promise<Transcription> {
  const diagnostics = new Diagnostics();
  const unreadable = new Diagnostics();
  const config = await loadConfig(configFileOf(out), diagnostics);
  const overlayFiles = overlay.length > 0 ? overlay : await overlaysIn(out);
  const overlays = await readOverlays(overlayFiles, diagnostics);
  const pages = await readPages(paths, diagnostics, unreadable);
  diagnostics.throwIfAny();
  if (config === undefined) throw new InputError(diagnostics.list);

  progress.start(pages.length);
  const { baseUrl, locationOptions } = config.brand;
  const locations = new Set(Object.values(locationOptions));
  const folders = paths.filter((path) => statSync(path).isDirectory());
  const { titles } = config;
  const settings = { ...config.transcribe, baseUrl, titles, locations, out, folders, allowRemoving };
  const transcription = await transcribe(pages, overlays, settings, progress.step);
  progress.stop();
  const complete = addUnreadable(transcription, unreadable);
  const unused: Finding[] = [];
  reportUnusedFolders(config, paths, pages, unused);
  const findings = [...unused, ...complete.findings];
  return { ...complete, findings: ignoreFindings(findings, config.transcribe.ignore, config.yaml.file) };
}

/** Configuration that a new folder copies. */
const defaultConfig = join("spec", configName);

/** The configuration of a specification folder: its own, or the one that it copies. */
export function configFileOf(folder: string): string {
  const own = join(folder, configName);
  return existsSync(own) || !existsSync(defaultConfig) ? own : defaultConfig;
}

/** Adds pages that could not be opened to the rejected pages. */
function addUnreadable(transcription: Transcription, { list }: Diagnostics): Transcription {
  const findings = list.map((problem): Finding => ({ severity: "error", ...problem }));
  const rejected = findings.map((finding) => ({ file: finding.file, draft: undefined, findings: [finding] }));
  return {
    ...transcription,
    pages: [...transcription.pages, ...rejected],
    findings: [...findings, ...transcription.findings],
  };
}

async function overlaysIn(out: string): Promise<string[]> {
  return await listFolder(join(out, "overlays"), ".yaml").catch(ifMissing([]));
}

/** Writes the documents that changed, with the facts about their pages, and removes those that have lost their page. @throws InputError */
export async function writeDocuments(
  out: string,
  { documents, removed, pageFacts }: Pick<Transcription, "documents" | "removed" | "pageFacts">,
): Promise<void> {
  const files = [
    ...documents.filter(({ isChanged }) => isChanged),
    ...pageFacts.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }])),
  ];
  const gone = [
    ...removed,
    ...pageFacts.filter(({ content }) => content === undefined).map(({ path }) => path),
  ];
  if (files.length + gone.length > 0) await writeAll(out, files, gone);
}
