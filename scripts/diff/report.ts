import { compare } from "../text.js";
import type { Cause } from "./cause.js";
import type { Change } from "./change.js";
import { messageOf } from "./messages.js";
import type { Bump } from "./rules.js";
import { inSections } from "./sections.js";

/** Changes by their causes, and by what they ask of the reader. */
export interface Report {
  readonly causes: readonly { readonly title: string; readonly sections: readonly Section[] }[];
  /** What each package needs, by product; the core package is `core`. Products without changes are left out. */
  readonly bumps: Readonly<Record<string, Bump>>;
}

/** Changes that ask the same of the reader. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The changes of one action in a section, or of what all actions of a product share. */
export interface Line {
  /** `umem/DescribeUMem`, `umem`, or `all products`. */
  readonly subject: string;
  /** Each with its line in both states, if it is known. */
  readonly messages: readonly string[];
  /** The page or document that the lines are those of; `""` if none is known. */
  readonly file: string;
}

const bumps: readonly Bump[] = ["major", "minor", "patch"];

/** What a report without changes says. */
export const nothingChanges = "Nothing changes for programs that use the packages.";

/** Causes in the order of the report, as headings. */
const causes: Readonly<Record<Cause, string>> = {
  page: "Pages changed",
  overlay: "Overlays changed",
  configuration: "The configuration changed",
  document: "Documents edited by hand",
  transcriber: "The transcriber changed",
};

/** Groups changes for a reader, by cause and then by section. */
export function reportOf(changes: readonly Change[]): Report {
  const grouped = (Object.keys(causes) as Cause[]).map((cause) => ({
    title: causes[cause],
    sections: inSections(changes.filter((change) => change.cause === cause)).map(
      ({ title, changes: own }) => ({ title, lines: linesOf(own) }),
    ),
  }));
  return { causes: grouped.filter(({ sections }) => sections.length > 0), bumps: bumpsOf(changes) };
}

/** The highest bump of the changes; `undefined` for none. */
export function highestBump(changes: readonly Pick<Change, "bump">[]): Bump | undefined {
  return bumps.find((bump) => changes.some((change) => change.bump === bump));
}

function bumpsOf(changes: readonly Change[]): Record<string, Bump> {
  const packages = [...new Set(changes.map(({ product }) => product))].sort(compare);
  return Object.fromEntries(
    packages.flatMap((product) => {
      const bump = highestBump(changes.filter((change) => change.product === product));
      return bump === undefined ? [] : [[product || "core", bump]];
    }),
  );
}

function linesOf(changes: readonly Change[]): Line[] {
  const lines = new Map<string, { messages: string[]; file: string }>();
  for (const change of changes) {
    const subject = [change.product, change.action].filter(Boolean).join("/") || "all products";
    const line = lines.get(subject) ?? { messages: [], file: fileOf(change) };
    line.messages.push(`${messageOf(change)}${numbersOf(change)}`);
    lines.set(subject, line);
  }
  return [...lines].map(([subject, line]) => ({ subject, ...line }));
}

/** The file of the newer state, and that of the older one if it is another than the same in a revision. */
function fileOf({ oldSource, newSource }: Change): string {
  if (oldSource.file.endsWith(`:${newSource.file}`) && newSource.file !== "") return newSource.file;
  const files = [newSource, oldSource].map(({ file }) => file).filter(Boolean);
  return [...new Set(files)].join(", was ");
}

/** The line in the newer state, and that in the older one if it is another. */
function numbersOf({ oldSource, newSource }: Change): string {
  const [line, old] = [newSource.line, oldSource.line];
  if (line === 0 && old === 0) return "";
  if (line === 0) return ` (was line ${old})`;
  return old === 0 || old === line ? ` (line ${line})` : ` (line ${line}, was ${old})`;
}
