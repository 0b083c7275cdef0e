import ts from "typescript";
import { rewriteImports } from "./imports.js";
import type { Installed } from "./installed.js";
import { rewriteMembers } from "./members.js";
import { rewriteModules } from "./modules.js";

/** Replacement in a file, by offsets in its text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something to change by hand. */
export interface Remark {
  readonly start: number;
  readonly message: string;
}

/** What is found in one file. */
export interface Findings {
  readonly edits: Edit[];
  readonly remarks: Remark[];
}

/** A file while its old names are looked for. */
export interface Context extends Findings {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly installed: Installed;
  /** Names that imports get now. */
  readonly newNames: Set<string>;
}

/** Finds the old names in a file of a program: what can be replaced, and what cannot be decided. */
export function findOldNames(file: ts.SourceFile, program: ts.Program, installed: Installed): Findings {
  const found: Findings = { edits: [], remarks: [] };
  const context: Context = {
    file,
    checker: program.getTypeChecker(),
    installed,
    newNames: new Set(),
    ...found,
  };
  rewriteImports(context);
  rewriteModules(context);
  rewriteMembers(context);
  return found;
}

/** Replaces a node by a text. */
export function replace({ file, edits }: Context, node: ts.Node, text: string): void {
  edits.push({ start: node.getStart(file), end: node.end, text });
}

/** Reports what must be changed by hand. */
export function remark({ file, remarks }: Context, node: ts.Node, message: string): void {
  remarks.push({ start: node.getStart(file), message });
}

/** What became of an old name, as a sentence: `listPots was removed in version 0.2.0.` */
export function whatBecameOf({ old, note }: { readonly old: string; readonly note: string }): string {
  return `${old} was ${note.charAt(0).toLowerCase()}${note.slice(1)}`;
}

/** Replaces the content of a string literal, and keeps its quotes. */
export function replaceString(context: Context, node: ts.StringLiteralLike, text: string): void {
  const { edits, file } = context;
  const isPlain = /^[\w@./-]+$/.test(text);
  if (isPlain) edits.push({ start: node.getStart(file) + 1, end: node.end - 1, text });
  else replace(context, node, JSON.stringify(text));
}

/** Calls a function for a node and everything inside, without recursion: a long sum is as deep as it has terms. */
export function visit(root: ts.Node, call: (node: ts.Node) => void): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    call(node);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    for (const child of children.reverse()) waiting.push(child);
  }
}

/** The text of a file after replacements, which do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let end = 0;
  for (const edit of sorted(edits)) {
    result += text.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return result + text.slice(end);
}

/** Edits in the order of the text, without those that overlap an earlier one: the next pass finds these again. */
export function sorted(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start >= (result.at(-1)?.end ?? 0)) result.push(edit);
  }
  return result;
}
