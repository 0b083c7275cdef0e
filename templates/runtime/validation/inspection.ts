import type { Violation } from "../errors.js";

/** What a validator looks for besides missing fields and values of a wrong type. */
export interface ValidationOptions {
  /** Texts that are not of the format that the specification names, such as a URI. Default: `true`. */
  readonly formats?: boolean | undefined;
  /** Fields that the specification does not list. Default: `false`, since the gateway may gain fields at any time. */
  readonly unknownFields?: boolean | undefined;
  /** Values that an enumeration does not list. Default: `false`, since it may gain values at any time. */
  readonly unlistedValues?: boolean | undefined;
}

/** Looks at one value, and reports what is wrong with it. */
export type Check = (value: unknown, at: Inspection) => void;

/** An answer that is being looked at: where the look is, and what was found. */
export interface Inspection {
  readonly options: ValidationOptions;
  /** Keys and indices that lead to the value. */
  readonly path: (string | number)[];
  /** What is wrong with the value at the path. The value itself must not be in it. */
  readonly report: (problem: string) => void;
}

/** An answer with more faults than that is another one altogether, and nobody reads on. */
const most = 100;

/** Carries out a check. @returns what it found, in the order of the answer. */
export function inspect(check: Check, value: unknown, options: ValidationOptions): Violation[] {
  const path: (string | number)[] = [];
  const found: Violation[] = [];
  let more = 0;
  const report = (problem: string) => {
    if (found.length < most) found.push({ path: textOf(path), problem });
    else more += 1;
  };
  check(value, { options, path, report });
  if (more > 0) found.push({ path: "the whole", problem: `has ${more} more faults` });
  return found;
}

/** A path as in `DataSet[1].BackupId`. A name that the specification lacks comes from outside, and is quoted and cut. */
function textOf(path: readonly (string | number)[]): string {
  const text = path
    .map((key) => {
      if (typeof key === "number") return `[${key}]`;
      return /^[\w-]{1,100}$/.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 100))}]`;
    })
    .join("");
  return text.startsWith(".") ? text.slice(1) : text || "the whole";
}
