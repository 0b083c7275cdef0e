import type { Diagnostic } from "../diagnostic.js";

/**
 * Severity of a finding. An `error` prevents a page or a document from being written. A `warning` means that the page
 * contradicts itself, or that the document lacks something that the page has. A `note` means that something was
 * ignored or is ambiguous, such as prose that may describe a default value.
 */
export type Severity = "error" | "warning" | "note";

/** Something about a page that its maintainer should know. */
export interface Finding extends Diagnostic {
  readonly severity: Severity;
}

/** Adds findings of one file to a list. */
export class Findings {
  constructor(
    private readonly file: string,
    readonly list: Finding[] = [],
  ) {}

  error(code: string, line: number, message: string, help: string): void {
    this.list.push({ severity: "error", code, file: this.file, line, message, help });
  }

  warn(code: string, line: number, message: string, help: string): void {
    this.list.push({ severity: "warning", code, file: this.file, line, message, help });
  }

  note(code: string, line: number, message: string, help: string): void {
    this.list.push({ severity: "note", code, file: this.file, line, message, help });
  }

  /** Warns that a row of a table is missing from the document. */
  omitRow(line: number, row: string, reason: string, help = rowHelp): void {
    this.warn("row-omitted", line, `the row ${JSON.stringify(row)} ${reason}`, help);
  }

  get hasErrors(): boolean {
    return this.list.some(({ severity }) => severity === "error");
  }
}

const rowHelp = "The document does not contain it. Fix the page, or add the field with an overlay.";
