import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { type Diagnostic, Diagnostics, InputError } from "../diagnostic.js";
import { displayPath, fileProblem, readRegularFile, readSource } from "../files.js";
import { writeWhole } from "../output/write.js";
import { type Installed, readInstalled } from "./installed.js";
import { configFinder, createPrograms } from "./program.js";
import { applyEdits, type Edit, findOldNames, sorted } from "./rewrite.js";

/** A name in a file that is replaced. */
export interface Change {
  readonly file: string;
  /** Line in the file as it was. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

export interface MigrateResult {
  readonly changes: readonly Change[];
  /** What must be changed by hand, and files that are not programs. */
  readonly remarks: readonly Diagnostic[];
  /** Number of files that change. */
  readonly files: number;
  /** Number of files that are not programs. */
  readonly unread: number;
}

/**
 * Replaces old names of packages in programs. Nothing else in the files changes; each is written whole, or not at all.
 *
 * @param isDryRun writes nothing.
 * @throws InputError with every file that cannot be read; then nothing was written.
 */
export async function migrate(paths: readonly string[], isDryRun: boolean): Promise<MigrateResult> {
  const diagnostics = new Diagnostics();
  const installed = await readInstalled(paths, diagnostics);
  const configOf = configFinder();
  const programs = new Map<string, Map<string, string>>();
  for (const path of new Set(paths.map((one) => resolve(one)))) {
    try {
      const config = configOf(path);
      programs.set(config, (programs.get(config) ?? new Map()).set(path, await readProgram(path)));
    } catch (error) {
      diagnostics.addAll(error);
    }
  }
  diagnostics.throwIfAny();
  const results = [...programs].map(([config, texts]) => rewriteAll(texts, config, installed));
  const written = results.flatMap((result) => [...result.changed]);
  if (!isDryRun) for (const [file, text] of written) await writeWhole(realpathSync(file), text);
  const remarks = results.flatMap((result) => result.remarks);
  return {
    changes: results.flatMap((result) => result.changes),
    remarks,
    files: written.length,
    unread: remarks.filter(({ code }) => code === unread).length,
  };
}

/** Code of the problem of a file that is not a program. */
const unread = "migrate-unread";

/** Reads a file that can be written again without any other change. @throws InputError */
async function readProgram(path: string): Promise<string> {
  const { text } = await readSource(path);
  if (!text.includes("\ufffd") || Buffer.from(text).equals(readRegularFile(path))) return text;
  throw new InputError([fileProblem("encoding", path, "is not encoded as UTF-8", "Save it as UTF-8.")]);
}

interface Rewritten {
  /** Texts of the files that change. */
  readonly changed: ReadonlyMap<string, string>;
  readonly changes: readonly Change[];
  readonly remarks: readonly Diagnostic[];
}

/** A program file while its old names are replaced. */
interface Rewriting {
  readonly file: string;
  readonly original: string;
  text: string;
  /** Every text that it had. */
  readonly texts: Set<string>;
  /** The edits of each pass. */
  readonly history: Edit[][];
  changes: Change[];
  /** Set if its old names lead back to themselves, so that it stays as it is. */
  loop?: Diagnostic;
}

/** Replaces old names until there are none: what one returns can have others. */
function rewriteAll(original: ReadonlyMap<string, string>, config: string, installed: Installed): Rewritten {
  const createProgram = createPrograms(config);
  const files = [...original].map(([file, text]): Rewriting => {
    return { file, original: text, text, texts: new Set([text]), history: [], changes: [] };
  });
  let remarks: Diagnostic[] = [];
  for (let isDone = false; !isDone; ) {
    const texts = files.map(({ text }) => text);
    const program = createProgram(new Map(files.map(({ file, text }) => [file, text])));
    remarks = files.flatMap((one) => rewriteOnce(one, program, installed));
    isDone = files.every(({ text }, index) => text === texts[index]);
  }
  return {
    changed: new Map(files.filter((one) => one.text !== one.original).map(({ file, text }) => [file, text])),
    changes: files.flatMap(({ changes }) => changes),
    remarks,
  };
}

/** Replaces the old names that a file has now. @returns what must be changed by hand. */
function rewriteOnce(one: Rewriting, program: ts.Program, installed: Installed): Diagnostic[] {
  const source = program.getSourceFile(one.file);
  if (source === undefined) {
    const message = "is not a TypeScript or JavaScript file, so its names are not looked at";
    return [
      fileProblem(unread, one.file, message, "Change its names by hand, see MIGRATION.md of the packages."),
    ];
  }
  if (one.loop !== undefined) return [one.loop];
  const [syntax] = program.getSyntacticDiagnostics(source);
  if (syntax !== undefined) {
    const message = ts.flattenDiagnosticMessageText(syntax.messageText, " ");
    const help = "Correct it, and run migrate again.";
    return [{ ...remarkAt(one.file, lineOf(one, syntax.start), message, help), code: unread }];
  }
  const found = findOldNames(source, program, installed);
  const remarks = found.remarks.map(({ start, message }) => remarkAt(one.file, lineOf(one, start), message));
  if (found.edits.length > 0) apply(one, sorted(found.edits));
  return one.loop === undefined ? remarks : [one.loop];
}

/** Replaces names in a file, or restores it if it had the result before: two packages can each say that the other has a name. */
function apply(one: Rewriting, edits: readonly Edit[]): void {
  const { file, text, texts, history } = one;
  const changes = edits.map(({ start, end, text: after }) => ({
    file: displayPath(file),
    line: lineOf(one, start),
    before: text.slice(start, end),
    after,
  }));
  const result = applyEdits(text, edits);
  if (texts.has(result)) {
    const [{ line = 0, before = "", after = "" } = {}] = changes;
    const message = `${before} and ${after} are each the old name of the other, so nothing in this file is replaced`;
    one.loop = remarkAt(
      file,
      line,
      message,
      "Install the newest versions of the packages, and run it again.",
    );
    one.text = one.original;
    one.changes = [];
    history.length = 0;
    return;
  }
  texts.add(result);
  history.push([...edits]);
  one.changes.push(...changes);
  one.text = result;
}

/** The line in the original text. */
function lineOf({ original, history }: Rewriting, position: number): number {
  return lineAt(original, originalPosition(position, history));
}

function remarkAt(file: string, line: number, message: string, help = "Change it by hand."): Diagnostic {
  return { code: "migrate", file: displayPath(file), line, message, help };
}

/** The position in the original text. @param history the edits of each pass. */
function originalPosition(position: number, history: readonly (readonly Edit[])[]): number {
  let result = position;
  for (const edits of [...history].reverse()) {
    let shift = 0;
    for (const { start, end, text } of edits) {
      if (start + shift >= result) break;
      shift += text.length - (end - start);
    }
    result -= shift;
  }
  return result;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, Math.max(0, position)).split("\n").length;
}
