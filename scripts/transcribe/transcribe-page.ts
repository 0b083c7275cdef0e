import { relative, resolve } from "node:path";
import type { TranscribeConfig } from "../config.js";
import { displayPath, type SourceFile, toSlashes } from "../files.js";
import { isProductName } from "../model/names.js";
import { createDocument, type DocumentSettings } from "./document.js";
import { type Finding, Findings } from "./findings.js";
import type { Draft } from "./merge.js";
import { type Page, readPage } from "./page.js";
import type { Json } from "./schema.js";
import { productOf } from "./sources.js";

/** Result of transcribing one page. */
export interface TranscribedPage {
  readonly file: string;
  /** `undefined` for a rejected page; then `findings` contains the reason. */
  readonly draft: Draft | undefined;
  readonly findings: readonly Finding[];
}

export interface PageSettings extends DocumentSettings {
  readonly products: TranscribeConfig["products"];
  /** The specification folder that documents are written to. */
  readonly out: string;
}

/** Transcribes one page. Never throws for a bad page: its problems are in `findings`. */
export function transcribePage({ path, text }: SourceFile, settings: PageSettings): TranscribedPage {
  const file = displayPath(path);
  const findings = new Findings(file);
  const page = readPage(file, text, findings);
  const product = productOf(path, settings.products);
  if (page !== undefined && !isProductName(product)) {
    const folder = JSON.stringify(product);
    const help = `Add ${folder} to transcribe.products of the configuration, with a name of lower-case letters, digits, - and dots.`;
    findings.error(
      "product-name",
      1,
      `is in a folder named ${folder}, which is not a valid product name`,
      help,
    );
  }
  if (page !== undefined && !findings.hasErrors) {
    const source = toSlashes(relative(resolve(settings.out), resolve(path)));
    const document = tryCreate(page, product, source, settings, findings);
    if (document !== undefined)
      return { file, draft: { action: page.action, product, file, document }, findings: findings.list };
  }
  // For a rejected page, only the reason matters.
  return { file, draft: undefined, findings: findings.list.filter(({ severity }) => severity === "error") };
}

// Far above any real page, far below the limit of the stack.
const maxDepth = 200;

/** A name with thousands of dots, or an example with thousands of brackets, must not end the run. */
function tryCreate(
  page: Page,
  product: string,
  source: string,
  settings: PageSettings,
  findings: Findings,
): Json | undefined {
  try {
    const document = createDocument(page, product, source, settings, findings);
    if (!isDeeper(document, maxDepth)) return document;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const help = "Look for a name with very many dots, and for an example with very many brackets.";
  findings.error("too-deep", 1, "contains something that is nested too deeply", help);
  return undefined;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}
