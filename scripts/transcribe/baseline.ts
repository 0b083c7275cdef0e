import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, posix, relative, resolve } from "node:path";
import { InputError } from "../diagnostic.js";
import { fileProblem, readIfThere, toSlashes } from "../files.js";
import { compare } from "../text.js";
import { type Finding, isNote } from "./findings.js";

/** A known finding. Only the fingerprint identifies it; the rest is for readers. */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** Relative to the folder of the baseline, with forward slashes. */
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** A file of known findings. */
export interface Baseline {
  /** Folder that its paths are relative to. */
  readonly folder: string;
  readonly entries: readonly BaselineEntry[];
}

/** Findings compared with a baseline. */
export interface Comparison {
  /** Errors and warnings that the baseline lacks, and all notes. */
  readonly fresh: readonly Finding[];
  /** Number of errors and warnings that the baseline has and lacks. */
  readonly knownCount: number;
  readonly freshCount: number;
  /** Entries without such a finding, except those of pages that exist but were not read. */
  readonly removable: readonly BaselineEntry[];
  /** The baseline of these findings, and of the pages that were not read. */
  readonly updated: readonly BaselineEntry[];
}

/**
 * Identifies findings: by file, code and what they are about, so not by their lines. The second finding of the same kind
 * about the same thing in a file differs from the first.
 *
 * @param folder that paths are relative to.
 */
export function fingerprints(findings: readonly Finding[], folder: string): Map<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const key = JSON.stringify([
        pathFrom(folder, finding.file),
        finding.code,
        finding.path,
        finding.about ?? withoutLines(finding.message),
      ]);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return [finding, createHash("sha256").update(`${key} ${count}`).digest("hex").slice(0, 16)];
    }),
  );
}

/** The message without line numbers, and without the folders of other pages, which depend on the working directory. */
function withoutLines(message: string): string {
  const shorten = (word: string) =>
    /\.md(?::\d+)?$/.test(word) ? posix.basename(word.replace(/:\d+$/, "")) : word;
  return message.replace(/ (?:at )?line \d+/g, "").replace(/[^\s",]+/g, shorten);
}

function pathFrom(folder: string, file: string): string {
  return toSlashes(relative(resolve(folder), resolve(file)));
}

/** Compares findings with a baseline. @param pages those that were read. */
export function compareWithBaseline(
  findings: readonly Finding[],
  { folder, entries }: Baseline,
  pages: readonly { readonly file: string }[],
): Comparison {
  const counted = findings.filter((finding) => !isNote(finding));
  const prints = fingerprints(counted, folder);
  const inBaseline = new Set(entries.map(({ fingerprint }) => fingerprint));
  const known = new Set(counted.filter((finding) => inBaseline.has(prints.get(finding) ?? "")));
  const wasRead = new Set(pages.map(({ file }) => pathFrom(folder, file)));
  const current = counted.map(
    (finding): BaselineEntry => ({
      fingerprint: prints.get(finding) ?? "",
      file: pathFrom(folder, finding.file),
      code: finding.code,
      message: withoutLines(finding.message),
    }),
  );
  const occurs = new Set(prints.values());
  const missing = entries.filter(({ fingerprint }) => !occurs.has(fingerprint));
  const isCovered = (file: string) => wasRead.has(file) || !file.endsWith(".md");
  const removable = missing.filter(({ file }) => isCovered(file) || !existsSync(resolve(folder, file)));
  const others = missing.filter((entry) => !removable.includes(entry));
  return {
    fresh: findings.filter((finding) => !known.has(finding)),
    knownCount: known.size,
    freshCount: counted.length - known.size,
    removable,
    updated: [...current, ...others].sort(
      (a, b) => compare(a.file, b.file) || compare(a.code, b.code) || compare(a.fingerprint, b.fingerprint),
    ),
  };
}

/** A baseline as JSON, with an entry per line. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `\n    ${JSON.stringify(entry)}`);
  return `{\n  "version": 1,\n  "findings": [${lines.join(",")}${lines.length > 0 ? "\n  " : ""}]\n}\n`;
}

/**
 * Reads a baseline.
 *
 * @param mayBeMissing whether a file that does not exist is an empty baseline.
 * @throws InputError if it cannot be read, or has another form.
 */
export async function readBaseline(path: string, mayBeMissing: boolean): Promise<Baseline> {
  const folder = dirname(path);
  const source = await readIfThere(path);
  if (source === undefined) {
    if (mayBeMissing) return { folder, entries: [] };
    const help = "Create it with --update-baseline, or correct the path.";
    throw new InputError([fileProblem("missing", path, "does not exist", help)]);
  }
  const entries = parseEntries(source.text);
  if (entries !== undefined) return { folder, entries };
  const message = "is not a baseline: a JSON object with version 1 and findings";
  throw new InputError([
    fileProblem("baseline-form", path, message, "Create it again with --update-baseline."),
  ]);
}

function parseEntries(text: string): BaselineEntry[] | undefined {
  try {
    const { version, findings } = JSON.parse(text.replace(/^\uFEFF/, ""));
    const keys = ["fingerprint", "file", "code", "message"];
    const isEntry = (entry: Record<string, unknown>) => keys.every((key) => typeof entry[key] === "string");
    return version === 1 && findings.every(isEntry) ? findings : undefined;
  } catch {
    return undefined;
  }
}
