import type { Diagnostic } from "../diagnostic.js";

/**
 * Severity of a finding. After an `error`, nothing is written for the page or the document. A `warning` needs a person:
 * the page contradicts itself, or the document lacks something that the page has. A `note` needs no action: something
 * was ignored or is ambiguous, but the document is as the page says.
 */
export type Severity = "error" | "warning" | "note";

/** Something about a page that its maintainer should know. */
export interface Finding extends Diagnostic {
  readonly severity: Severity;
  /**
   * What it is about, such as a field, in words that stay the same when lines move. Findings of one code about the same
   * on several pages are reported together. Default: the message.
   */
  readonly about?: string;
}

export function isNote({ severity }: Finding): boolean {
  return severity === "note";
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

  warn(code: string, line: number, message: string, help: string, about?: string): void {
    this.list.push({ severity: "warning", code, file: this.file, line, message, help, ...withAbout(about) });
  }

  note(code: string, line: number, message: string, help: string, about?: string): void {
    this.list.push({ severity: "note", code, file: this.file, line, message, help, ...withAbout(about) });
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

function withAbout(about: string | undefined): { about?: string } {
  return about === undefined ? {} : { about };
}
