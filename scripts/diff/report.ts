import { compare } from "../text.js";
import type { Change } from "./change.js";
import { messageOf } from "./messages.js";
import type { Bump } from "./rules.js";

/** Changes by what they ask of the reader. */
export interface Report {
  readonly sections: readonly Section[];
  /** What each package needs, by product; the core package is `core`. Products without changes are left out. */
  readonly bumps: Readonly<Record<string, Bump>>;
}

export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The changes of one action in a section, or of what all actions of a product share. */
export interface Line {
  /** `umem/DescribeUMem`, `umem`, or `all products`. */
  readonly subject: string;
  readonly messages: readonly string[];
}

const bumps: readonly Bump[] = ["major", "minor", "patch"];

/** What a change belongs to: a change to review may need nothing but a minor version, and is listed apart all the same. */
const sections: readonly { title: string; has: (change: Change) => boolean }[] = [
  { title: "Breaking changes", has: ({ bump }) => bump === "major" },
  { title: "To review: programs behave differently without an error", has: ({ review }) => review },
  { title: "Behaviour of the gateway", has: ({ wire }) => wire === "behaves" },
  { title: "Additions and other changes", has: ({ bump }) => bump === "minor" },
  { title: "Documentation", has: () => true },
];

/** Groups changes for a reader. Each change is in the first section that fits. */
export function reportOf(changes: readonly Change[]): Report {
  const left = new Set(changes);
  const grouped = sections.map(({ title, has }) => {
    const own = [...left].filter(has);
    for (const change of own) left.delete(change);
    return { title, lines: linesOf(own) };
  });
  return { sections: grouped.filter(({ lines }) => lines.length > 0), bumps: bumpsOf(changes) };
}

/** The highest bump of the changes; `undefined` for none. */
export function highestBump(changes: readonly Change[]): Bump | undefined {
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
  const lines = new Map<string, string[]>();
  for (const change of changes) {
    const subject = [change.product, change.action].filter(Boolean).join("/") || "all products";
    lines.set(subject, [...(lines.get(subject) ?? []), messageOf(change)]);
  }
  return [...lines].map(([subject, messages]) => ({ subject, messages }));
}
