import { relative, resolve } from "node:path";
import type { TranscribeConfig } from "../config.js";
import { displayPath, type SourceFile, toSlashes } from "../files.js";
import { isProductName } from "../model/names.js";
import { type DocumentSettings, writeDocument } from "./document.js";
import type { ReadPage } from "./earlier.js";
import { type Finding, Findings } from "./findings.js";
import type { Draft } from "./merge.js";
import { readPage } from "./page.js";
import type { Json } from "./schema.js";
import { productOf } from "./sources.js";
import { toYaml } from "./yaml-document.js";

/** What became of one page. */
export interface TranscribedPage {
  readonly file: string;
  /** `undefined` for a page that was refused; then a finding says why. */
  readonly draft: Draft | undefined;
  readonly findings: readonly Finding[];
}

/** What pages are transcribed with. */
export interface PageSettings extends DocumentSettings {
  readonly products: TranscribeConfig["products"];
  /** The specification folder that the documents go to. */
  readonly out: string;
}

/** What is known of a page, and the text of its document if nothing else goes into that. */
export interface WrittenPage {
  readonly page: ReadPage;
  readonly content: string;
}

/** Transcribes one page, and writes its document as text. */
export function writePage(source: SourceFile, settings: PageSettings): WrittenPage {
  const { file, draft, findings } = transcribePage(source, settings);
  const page = { file, action: draft?.action ?? "", product: draft?.product ?? "", findings };
  return { page, content: draft === undefined ? "" : toYaml(draft.document) };
}

/** Transcribes one page on its own. Never fails: what is wrong with the page is among the findings. */
export function transcribePage({ path, text }: SourceFile, settings: PageSettings): TranscribedPage {
  const file = displayPath(path);
  const findings = new Findings(file);
  const page = readPage(file, text, findings);
  const product = productOf(path, settings.products);
  if (page !== undefined && !isProductName(product)) {
    const help = `Add ${JSON.stringify(product)} to transcribe.products of the configuration, with a name of lower-case letters, digits, - and dots.`;
    findings.add(
      "fault",
      "product-name",
      1,
      `lies in a folder whose name, ${JSON.stringify(product)}, cannot be a product's`,
      help,
    );
  }
  const source = toSlashes(relative(resolve(settings.out), resolve(path)));
  const document =
    page === undefined || findings.hasFault
      ? undefined
      : tryWrite(() => writeDocument(page, product, source, settings, findings), findings);
  if (page === undefined || document === undefined || findings.hasFault) {
    // Of a page that is refused as a whole, only the reason matters.
    return { file, draft: undefined, findings: findings.all.filter(({ severity }) => severity === "fault") };
  }
  return { file, draft: { action: page.action, product, file, document }, findings: findings.all };
}

// Far beyond any page, and far below what the stack holds.
const maximumDepth = 200;

/** A name with thousands of dots, or an example with thousands of brackets, must not end the run. */
function tryWrite(write: () => Json, findings: Findings): Json | undefined {
  try {
    const document = write();
    if (!isDeeper(document, maximumDepth)) return document;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const help = "Look for a name with very many dots, and for an example with very many brackets.";
  findings.add("fault", "too-deep", 1, "holds something that is nested too deeply", help);
  return undefined;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}
