import { compare, oneLine } from "./text.js";

/** A problem in the input, for the person who can fix it. */
export interface Diagnostic {
  /** Stable name of the kind of problem, for tests and for searching. */
  readonly code: string;
  /** The file, relative to the working directory; `line` is 1-based, 0 if the problem has no line. */
  readonly file: string;
  readonly line: number;
  /** Path of the value in a file of one line, whose line number locates nothing. */
  readonly path?: string;
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

  /** Adds the diagnostics of an `InputError`. @throws anything else that was thrown. */
  addAll(thrown: unknown): undefined {
    if (!(thrown instanceof InputError)) throw thrown;
    // Not `push(...)`: there can be more of them than a call can have arguments.
    for (const diagnostic of thrown.diagnostics) this.list.push(diagnostic);
  }

  /** @throws InputError if anything was added. Duplicates, such as a problem in a shared file, are reported once. */
  throwIfAny(): void {
    const unique = new Map(this.list.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
    if (unique.size > 0) throw new InputError([...unique.values()]);
  }
}

/**
 * Prints diagnostics as `file:line: message` with an indented help line each, sorted by location. Each is on one line, since
 * text of a specification must not look like a second diagnostic.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const sorted = [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      compare(a.path ?? "", b.path ?? "") ||
      compare(a.message, b.message),
  );
  return withoutRepetition(sorted)
    .map(({ file, line, path = "", message, help }) => {
      const location = `${oneLine(file)}:${line > 0 ? `${line}:` : ""} ${path === "" ? "" : `${oneLine(path)}: `}`;
      return `${location}${oneLine(message)}\n  help: ${oneLine(help)}`;
    })
    .join("\n");
}

/** The same problem can be in hundreds of actions of a document: a few show which. */
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const [most, shown] = [10, 3];
  const keyOf = ({ file, message }: Diagnostic) => JSON.stringify([file, message]);
  const counts = new Map<string, number>();
  for (const key of diagnostics.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const printed = new Map<string, number>();
  return diagnostics.flatMap((diagnostic) => {
    const key = keyOf(diagnostic);
    const [count = 0, index = 0] = [counts.get(key), printed.get(key)];
    printed.set(key, index + 1);
    if (count <= most || index < shown - 1) return [diagnostic];
    const message = `${diagnostic.message} (and ${count - shown} times more in this file)`;
    return index === shown - 1 ? [{ ...diagnostic, message }] : [];
  });
}
