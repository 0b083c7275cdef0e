import type { Diagnostic } from "../diagnostic.js";

/**
 * How much a finding matters. A `fault` keeps a page, or a document, from being written. A `warning` says that
 * the page contradicts itself, or that something of it is not in the document. A `doubt` says that prose seems to
 * hold a fact that was not certain enough to be used.
 */
export type Severity = "fault" | "warning" | "doubt";

/** Something about a page that its maintainer should know. */
export interface Finding extends Diagnostic {
  readonly severity: Severity;
}

/** Collects the findings about one page. */
export class Findings {
  readonly all: Finding[] = [];

  constructor(readonly file: string) {}

  add(severity: Severity, code: string, line: number, message: string, help: string): void {
    this.all.push({ severity, code, file: this.file, line, message, help });
  }

  get hasFault(): boolean {
    return this.all.some(({ severity }) => severity === "fault");
  }
}
