import { createHash } from "node:crypto";
import type { SourceRef } from "../model/api-model.js";
import type { Cause } from "./cause.js";
import { type Bump, type Rule, type RuleName, rules } from "./rules.js";
import type { Sources } from "./sources.js";

/** Where a change is; each part is `""` if it concerns everything. */
export interface Subject {
  /** Product whose package changes; `""` for the core package and all others. */
  readonly product: string;
  readonly action: string;
  /** Parameter or response field, `Disks.N.Size`; or a RetCode, or a key of the configuration. */
  readonly path: string;
}

/** One difference between two models. */
export interface Change extends Subject, Omit<Rule, "mirror" | "extension"> {
  readonly rule: RuleName;
  /** Value before, as printed; `""` if there was none. */
  readonly before: string;
  /** Value after, as printed; `""` if there is none. */
  readonly after: string;
  /** Whether no compiler reports that programs behave differently. */
  readonly review: boolean;
  readonly cause: Cause;
  /** Line of the page, or of the document, in the older state; line 0 if that does not have it, and no file without an action. */
  readonly oldSource: SourceRef;
  readonly newSource: SourceRef;
  /** The same for the same change in later comparisons: 12 hexadecimal digits. */
  readonly fingerprint: string;
}

/** What a comparison says about a change; the rest follows from the rule. */
export interface Found {
  readonly rule: RuleName;
  readonly before?: string;
  readonly after?: string;
  /** Less than the bump of the rule, where the circumstances allow it. */
  readonly bump?: Bump;
  /** Whether the circumstances leave no effect. */
  readonly isHarmless?: boolean;
}

/** What a comparison says about a change, with the path of its subject. */
export interface FoundAt extends Found {
  readonly path: string;
  /** Path in the older state, if it is another one, since the field or an object that has it was renamed or moved. */
  readonly oldPath?: string;
}

const nowhere: SourceRef = { file: "", line: 0 };

/** Creates a change. */
export function changeOf(
  subject: Subject,
  { rule, before = "", after = "", bump, isHarmless = false }: Found,
  cause: Cause,
  { oldSource = nowhere, newSource = nowhere }: Partial<Sources> = {},
): Change {
  const { wire, types, runtime, bump: usual } = rules[rule];
  const { product, action, path } = subject;
  const effects = isHarmless
    ? ({ wire: "none", types: "none", runtime: "none" } as const)
    : { wire, types, runtime };
  const identity = JSON.stringify([rule, product, action, path, before, after]);
  return {
    rule,
    product,
    action,
    path,
    before,
    after,
    ...effects,
    bump: bump ?? usual,
    review: effects.runtime === "behaves",
    cause,
    oldSource,
    newSource,
    // Begins with a letter, so that YAML never reads it as a number.
    fingerprint: `c${createHash("sha256").update(identity).digest("hex").slice(0, 11)}`,
  };
}
