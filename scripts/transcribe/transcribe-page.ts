import { displayPath, type SourceFile } from "../files.js";
import { isProductName } from "../model/names.js";
import { createDocument, type Settings } from "./document.js";
import { type Finding, Findings } from "./findings.js";
import type { Draft } from "./merge.js";
import { readPage } from "./page.js";
import type { Json } from "./schema.js";
import { productOf } from "./sources.js";

/** Result of transcribing one page. */
export interface TranscribedPage {
  readonly file: string;
  /** `undefined` for a rejected page; then `findings` contains the reason. */
  readonly draft: Draft | undefined;
  readonly findings: readonly Finding[];
}

/** Transcribes one page. Never throws for a bad page: its problems are in `findings`. */
export function transcribePage({ path, text }: SourceFile, settings: Settings): TranscribedPage {
  const file = displayPath(path);
  const findings = new Findings(file);
  const page = readPage(file, text, findings);
  const product = productOf(path, settings.products);
  if (page !== undefined && !isProductName(product)) {
    const folder = JSON.stringify(product);
    const message = `is in a folder named ${folder}, which is not a valid product name`;
    const help = `Add ${folder} to transcribe.products of the configuration, with a name of lower-case letters, digits, - and dots.`;
    findings.error("product-name", 1, message, help);
  }
  if (page !== undefined && !findings.hasErrors) {
    const document = withinDepth(() => createDocument(page, product, settings, findings), findings);
    if (document !== undefined) {
      const draft = { action: page.action, product, file, otherFiles: [], document };
      return { file, draft, findings: findings.list };
    }
  }
  // For a rejected page, only the reason matters.
  return { file, draft: undefined, findings: findings.list.filter(({ severity }) => severity === "error") };
}

// Far above any real page, far below the limit of the stack.
const maxDepth = 200;

/** A name with thousands of dots, or an example with thousands of brackets, must not end the run. */
function withinDepth(create: () => Json, findings: Findings): Json | undefined {
  try {
    const document = create();
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
