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
  return { file, draft: undefined, findings: reasonsOf(findings.list) };
}

/**
 * Why a page has no document: only that matters for such a page. Indices, READMEs and pages of REST APIs are pages of
 * something else, which is no error.
 */
function reasonsOf(findings: readonly Finding[]): Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const find = (wanted: string) => errors.find(({ code }) => code === wanted);
  const untitled = find("no-action");
  const isOther =
    untitled !== undefined &&
    !isEmpty(untitled) &&
    find("no-request") &&
    find("no-response") &&
    // Anything else is damage, such as a code block that does not end, after which no section was seen.
    errors.every(({ code }) => ["no-action", "no-request", "no-response"].includes(code));
  const reason = find("no-query") ?? (isOther ? untitled : undefined);
  if (reason === undefined) return errors;
  const help = "No action needed, unless it is the page of an action: transcribe.ignore can name it.";
  return [{ ...reason, severity: "note", code: "not-an-action", help }];
}

/** Whether a page without an action has no title either, so that it may be damaged. */
function isEmpty({ message }: Finding): boolean {
  return message === "has no title";
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
