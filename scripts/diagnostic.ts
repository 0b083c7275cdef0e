import { oneLine } from "./text.js";

/** A problem in the input, for the person who can fix it. */
export interface Diagnostic {
  /** Stable name of the kind of problem, for tests and for searching. */
  readonly code: string;
  /** The file, relative to the working directory; `line` is 1-based, 0 if the problem has no line. */
  readonly file: string;
  readonly line: number;
  /** What is wrong, with the value seen. */
  readonly message: string;
  /** How to fix it. */
  readonly help: string;
}

/** Thrown with every problem found in the input. Leads to exit code 1. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(formatDiagnostics(diagnostics));
  }
}

/** Thrown for a command line that cannot be executed. Leads to exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Collects diagnostics, so that all problems are reported and not only the first. */
export class Diagnostics {
  readonly list: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    this.list.push(diagnostic);
  }

  /** Adds the diagnostics of an `InputError`. @throws whatever else was thrown. */
  addAll(thrown: unknown): void {
    if (!(thrown instanceof InputError)) throw thrown;
    for (const diagnostic of thrown.diagnostics) this.add(diagnostic);
  }

  /** @throws InputError if anything was added. Duplicates, such as a problem in a shared file, are reported once. */
  throwIfAny(): void {
    const unique = new Map(this.list.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
    if (unique.size > 0) throw new InputError([...unique.values()]);
  }
}

/**
 * Diagnostics as `file:line: message` with an indented help line each, sorted by location. Each stays on one line, since
 * text of a specification must not look like a second diagnostic.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return [...diagnostics]
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message))
    .map(
      ({ file, line, message, help }) =>
        `${file}:${line > 0 ? `${line}:` : ""} ${oneLine(message)}\n  help: ${oneLine(help)}`,
    )
    .join("\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
