import { type Bump, type Effect, rules } from "./rules.js";

/** What decides about the section of a change, in a comparison or in the history of a package. */
interface Sectioned {
  /** Name of the rule; an old history can have one that does not exist any more. */
  readonly rule: string;
  readonly bump: Bump;
  readonly review: boolean;
}

/** Changes with the same consequence for the reader. */
export interface ChangeSection<Change> {
  readonly title: string;
  /** What one of the changes is called when they are counted. */
  readonly noun: string;
  readonly changes: readonly Change[];
}

/** Sections in the order of a report. A change to review may need nothing but a minor version, and is listed apart all the same. */
const sections: readonly { title: string; noun: string; has: (change: Sectioned) => boolean }[] = [
  { title: "Breaking changes", noun: "breaking change", has: ({ bump }) => bump === "major" },
  {
    title: "For review: behavior changes that no compiler reports",
    noun: "change for review",
    has: ({ review }) => review,
  },
  {
    title: "Behavior of the gateway",
    noun: "gateway change",
    has: ({ rule }) => wireOf(rule) === "behaves",
  },
  { title: "Other changes", noun: "other change", has: ({ bump }) => bump === "minor" },
  { title: "Documentation and metadata", noun: "documentation change", has: () => true },
];

/** Groups changes by section; each is in the first that fits. Sections without changes are left out. */
export function inSections<Change extends Sectioned>(changes: readonly Change[]): ChangeSection<Change>[] {
  const left = new Set(changes);
  return sections.flatMap(({ title, noun, has }) => {
    const own = [...left].filter(has);
    for (const change of own) left.delete(change);
    return own.length === 0 ? [] : [{ title, noun, changes: own }];
  });
}

function wireOf(rule: string): Effect {
  return Object.hasOwn(rules, rule) ? rules[rule as keyof typeof rules].wire : "none";
}

/** Messages of changes, those of one action together; those of none are apart. */
export function byAction(
  changes: readonly { readonly action: string; readonly message: string }[],
): { readonly action: string; readonly messages: readonly string[] }[] {
  const lines = new Map<string, { action: string; messages: string[] }>();
  for (const { action, message } of changes) {
    const line = lines.get(action || message) ?? { action, messages: [] };
    line.messages.push(message);
    lines.set(action || message, line);
  }
  return [...lines.values()];
}
