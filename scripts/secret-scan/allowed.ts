import picomatch from "picomatch";
import { parse } from "yaml";
import type { Suspect } from "./rules.js";

/** Strings that look like a secret and are none. */
interface Allowance {
  /** Globs of files. */
  readonly files: readonly string[];
  /** The strings; all if there are none. */
  readonly values?: readonly string[];
  /** Regular expression of the line and the one before, in which `{value}` is the string. */
  readonly context?: string;
  /** Why they are no secrets. */
  readonly reason: string;
}

/**
 * Creates a function that says whether a suspect is allowed.
 *
 * @param yaml list of allowances.
 * @returns the function, and a function that lists the allowances that have allowed nothing so far, by their reasons.
 */
export function readAllowances(yaml: string) {
  const allowances = (parse(yaml) as Allowance[]).map((one) => ({
    ...one,
    isMatch: picomatch([...one.files]),
    isUsed: false,
  }));
  return {
    isAllowed({ file, value, context: text }: Suspect): boolean {
      const allowing = allowances.filter(({ isMatch, values, context }) => {
        const isInContext = () => new RegExp(context?.replaceAll("{value}", escaped(value)) ?? "").test(text);
        return isMatch(file) && (values === undefined || values.includes(value)) && isInContext();
      });
      for (const one of allowing) one.isUsed = true;
      return allowing.length > 0;
    },
    unused: () => allowances.filter(({ isUsed }) => !isUsed).map(({ reason }) => reason),
  };
}

function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
