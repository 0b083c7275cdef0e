import { displayPath, type SourceFile } from "../files.js";
import { isProductName } from "../model/names.js";
import { isDeeper } from "../openapi/yaml.js";
import { createDocument, type Settings } from "./document.js";
import { type Finding, Findings } from "./findings.js";
import type { Draft } from "./merge.js";
import { readPage } from "./page.js";
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
  if (text.length > maxSize) {
    const message = `has ${text.length} characters, more than the ${maxSize} that a page can have`;
    findings.error("page-size", 1, message, "Split the page: it should describe one action.");
    return { file, draft: undefined, findings: findings.list };
  }
  const page = withinDepth(() => readPage(file, text, findings), findings);
  const product = productOf(path, settings.products);
  if (page !== undefined && !isProductName(product)) {
    const folder = JSON.stringify(product);
    const message = `is in a folder named ${folder}, which is not a valid product name`;
    const help = `Add ${folder} to transcribe.products of the configuration, with a name of lower-case letters, digits, - and dots.`;
    findings.error("product-name", 1, message, help);
  }
  if (page !== undefined && !findings.hasErrors) {
    const document = withinDepth(() => createDocument(page, product, settings, findings), findings);
    if (document !== undefined && isDeeper(document, maxDepth)) reportDepth(findings);
    else if (document !== undefined) {
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

/** Number of characters of a page: far above any real one, and what can be read with little memory. */
const maxSize = 4 * 1024 * 1024;

// Far above any real page, far below the limit of the stack.
const maxDepth = 200;

/** A name with thousands of dots, or an example with thousands of brackets, must not end the run. */
function withinDepth<Result>(read: () => Result, findings: Findings): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reportDepth(findings);
    return undefined;
  }
}

function reportDepth(findings: Findings): void {
  const help = "Look for a name with very many dots, and for an example with very many brackets.";
  findings.error("too-deep", 1, "contains something that is nested too deeply", help);
}
