import { compare } from "../text.js";
import type { Finding, Severity } from "./findings.js";

/** Titles of the kinds of findings by code, the most important first: what a document lacks, then what it may have wrong. */
const titles: ReadonlyMap<string, string> = new Map([
  ["page-loses", "fields that pages had and lack now"],
  ["page-unfinished", "pages that end before their examples"],
  ["table-empty", "tables without rows"],
  ["row-omitted", "rows of tables that the document lacks"],
  ["table-omitted", "tables that the document lacks"],
  ["example-unknown-field", "parameters and fields of examples that no table has"],
  ["type-unknown", "types that are not known"],
  ["parent-type", "types that disagree between rows"],
  ["example-type", "types that disagree between an example and its table"],
  ["example-missing-field", "required parameters and fields that an example lacks"],
  ["required-unclear", "fields that may be required"],
  ["column-missing", "tables without a column"],
  ["column-unknown", "columns that are ignored"],
  ["row-cells", "rows that do not have the cells of their table"],
  ["model-unused", "data models that no field refers to"],
  ["page-product", "actions of several products"],
  ["page-differs", "fields that two pages describe differently"],
  ["page-adds", "fields that one of two pages lacks"],
  ["action-differs", "names of actions that disagree"],
  ["example-request", "request examples that cannot be read"],
  ["example-json", "examples that are not valid JSON"],
  ["example-missing", "examples that are missing"],
  ["example-more", "examples that are ignored"],
  ["encoding", "pages that are not UTF-8"],
  ["not-an-action", "pages that do not describe an action"],
  ["paging-unclear", "lists that may be paged"],
  ["retry-unclear", "actions that may be retry-safe"],
  ["ignore-unused", "entries of transcribe.ignore that match nothing"],
  ["prose-default", "descriptions that may mention a default"],
  ["prose-enumeration", "descriptions that may list values"],
  ["prose-range", "descriptions that may mention a range"],
  ["prose-deprecation", "descriptions that may mention a deprecation"],
  ["inferred-paging", "lists that are paged, by their parameters and fields"],
  ["inferred-sensitive", "secrets, by their names and descriptions"],
  ["inferred-retry-safe", "actions that are retry-safe, by their names"],
  ["metric-tables", "tables of metrics, which are values of parameters"],
  ["text-ignored", "texts that are ignored"],
  ["array-duplicate", "arrays by name and by type"],
  ["page-wording", "descriptions that two pages word differently"],
  ["page-ignored", "pages that are ignored because the configuration names another"],
  ["example-spelling", "names that an example spells differently"],
  ["example-location", "parameters of locations that only the example or only the table has"],
  ["example-duplicate", "parameters that appear twice in an example"],
  ["example-made-up", "differences caused by random values of examples"],
]);

/** Codes of findings of pages that are no errors, and of pages without an action. */
export const knownCodes: readonly string[] = [...titles.keys()];

/** The title of a kind; for an error, whose messages say everything, its code as words. */
export function titleOf(code: string): string {
  return titles.get(code) ?? code.replaceAll("-", " ");
}

/** Notes of which each is reported, and not only their number. */
const listedNotes = new Set(["not-an-action", "ignore-unused"]);

/** A line of the report: findings about one thing, or of one page. */
export interface FindingLine {
  readonly first: Finding;
  /** Number of its other findings, and of the pages that they are on, besides the first. */
  readonly more: number;
  readonly morePages: number;
}

/** Findings of one code and severity. */
export interface FindingKind {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly count: number;
  /** One line for all of them, if they need no action. */
  readonly lines: readonly FindingLine[];
  /** How to fix them, without duplicates. */
  readonly help: readonly string[];
}

/** Groups findings by kind, the most important first: warnings, then notes. Kinds that have no title are the last ones. */
export function groupFindings(findings: readonly Finding[]): FindingKind[] {
  const groups = groupBy(findings, ({ severity, code }) => `${severity} ${code}`);
  const rank = ({ severity, code }: FindingKind) =>
    severities.indexOf(severity) * 1000 +
    (knownCodes.includes(code) ? knownCodes.indexOf(code) : knownCodes.length);
  const kinds = groups.map((group) => toKind([...group].sort(byLocation)));
  return kinds.sort((a, b) => rank(a) - rank(b) || compare(a.code, b.code));
}

const severities: readonly Severity[] = ["error", "warning", "note"];

/** Order of findings by file, line and message. */
function byLocation(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message);
}

function toKind(findings: readonly Finding[]): FindingKind {
  const [{ code, severity }] = findings as [Finding];
  const linesOf = severity !== "note" ? groupLines : listedNotes.has(code) ? listAll : allInOne;
  return {
    code,
    severity,
    title: titleOf(code),
    count: findings.length,
    lines: linesOf(findings),
    help: [...new Set(findings.map(({ help }) => help))],
  };
}

const listAll = (findings: readonly Finding[]) => findings.map((one) => toLine([one]));
const allInOne = (findings: readonly Finding[]) => [toLine(findings)];

/** What is on several pages is a line, and the rest of each page. */
function groupLines(findings: readonly Finding[]): FindingLine[] {
  const aboutSame = groupBy(findings, ({ about, message }) => about ?? message);
  const repeated = aboutSame.filter((group) => pagesOf(group) > 1);
  const others = aboutSame.filter((group) => pagesOf(group) === 1).flat();
  const lines = [...repeated, ...groupBy(others, ({ file }) => file)].map(toLine);
  return lines.sort((a, b) => byLocation(a.first, b.first));
}

function toLine(findings: readonly Finding[]): FindingLine {
  const [first] = findings as [Finding];
  return { first, more: findings.length - 1, morePages: pagesOf(findings) - 1 };
}

function pagesOf(findings: readonly Finding[]): number {
  return new Set(findings.map(({ file }) => file)).size;
}

function groupBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(keyOf(finding));
    if (group === undefined) groups.set(keyOf(finding), [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}
