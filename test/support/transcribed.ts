import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadConfig } from "../../scripts/config.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import type { SourceFile } from "../../scripts/files.js";
import { load } from "../../scripts/load.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { readOverlays } from "../../scripts/overlay/read.js";
import type { Settings } from "../../scripts/transcribe/document.js";
import type { Finding } from "../../scripts/transcribe/findings.js";
import type { Json } from "../../scripts/transcribe/schema.js";
import { readPages } from "../../scripts/transcribe/sources.js";
import { type Transcription, transcribe } from "../../scripts/transcribe/transcribe.js";
import { transcribePage } from "../../scripts/transcribe/transcribe-page.js";
import { edit, temporaryFolder } from "./spec-folder.js";

/** Settings for the pages of tests. */
export const settings: Settings = {
  baseUrl: "https://gateway.example.com/",
  docsUrl: "https://example.com/docs/",
  pageUrl: "",
  titles: new Map(),
  products: new Map(),
  pages: new Map(),
  ignore: [],
  locations: new Set(["Region"]),
  out: "spec",
};

/** Transcribes one page; `document` is `undefined` if it is rejected. */
export function transcribed(
  text: string,
  path = "shelf-api/page.md",
): { document: Json | undefined; findings: readonly Finding[] } {
  const { draft, findings } = transcribePage({ path, text }, settings);
  return { document: draft?.document, findings };
}

/** The document of a page. @throws if the page is rejected. */
export function documentOf(text: string): Json {
  const { document, findings } = transcribed(text);
  if (document === undefined) throw new Error(formatFindings(findings));
  return document;
}

/**
 * Transcribes the folder of a golden case, and writes nothing.
 *
 * @param configuration used if the folder has none.
 */
export async function transcribedFolder(folder: string, configuration: string): Promise<Transcription> {
  const diagnostics = new Diagnostics();
  const own = join(folder, "actiongen.yaml");
  const config = await loadConfig(existsSync(own) ? own : configuration, diagnostics);
  const overlay = join(folder, "overlay.yaml");
  const overlays = await readOverlays(existsSync(overlay) ? [overlay] : [], diagnostics);
  const pages: SourceFile[] = await readPages([join(folder, "pages")], diagnostics, diagnostics);
  diagnostics.throwIfAny();
  if (config === undefined) throw new Error(`${folder} has no configuration`);
  const out = join(folder, "spec");
  const { baseUrl, locationOptions } = config.brand;
  const locations = new Set(Object.values(locationOptions));
  const settings = { ...config.transcribe, baseUrl, titles: config.titles, locations, out };
  return await transcribe(pages, overlays, settings, () => {});
}

/** Formats findings with their severity. */
export function formatFindings(findings: readonly Finding[]): string {
  return formatDiagnostics(
    findings.map((finding) => ({ ...finding, message: `${finding.severity}: ${finding.message}` })),
  );
}

/** Loads documents as `generate` does. They are passed by path in a specification folder. @throws InputError */
export async function loadDocuments(documents: ReadonlyMap<string, string>): Promise<ApiModel> {
  const folder = await temporaryFolder();
  const config = join(folder, "actiongen.yaml");
  await cp("test/transcribe/golden/actiongen.yaml", config);
  await edit(config, "products: { shelf: Shelf }", "products: {}");
  for (const [path, content] of documents) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return await load(folder);
}
