import { oneLine } from "./text.js";

/** One thing wrong with the input, told to the person who can mend it. */
export interface Diagnostic {
  /** Stable name of the kind of fault, for tests and for searching. */
  readonly code: string;
  /** The place, relative to where the command runs; `line` is 1-based, 0 where the fault has no line. */
  readonly file: string;
  readonly line: number;
  /** What is wrong, with the value seen. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
}

/** Thrown once all that can be found wrong with the input is known. Leads to exit code 1. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(formatDiagnostics(diagnostics));
  }
}

/** Thrown for a command line that cannot be carried out. Leads to exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Collects faults, so that all of them are reported and not only the first. */
export class Faults {
  readonly diagnostics: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** Takes over the faults that were thrown. @throws what was thrown, if it tells of none. */
  addAll(thrown: unknown): void {
    if (!(thrown instanceof InputError)) throw thrown;
    for (const diagnostic of thrown.diagnostics) this.add(diagnostic);
  }

  /** @throws InputError where anything was added. What several actions share is told once. */
  throwIfAny(): void {
    const unique = new Map(this.diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
    if (unique.size > 0) throw new InputError([...unique.values()]);
  }
}

/**
 * `file:line: message` and an indented help line each, in the order of the places. Each on one line, since what a
 * specification says must not look like a second fault.
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
