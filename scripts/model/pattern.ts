import { RE2JS } from "re2js";
import type { Limits } from "./api-model.js";

/** Limits that values are checked for: without a pattern that {@link isCheckable} rejects. */
export function checkedLimits({ pattern, ...others }: Limits): Limits {
  return typeof pattern === "string" && isCheckable(pattern) ? { pattern, ...others } : others;
}

/**
 * Whether a program can look for a pattern of a specification in any string, although its engine backtracks: the pattern is
 * valid for RE2 and as a regular expression of JavaScript with the flag `u`, and an upper bound on the steps of a search is low.
 * Patterns that cannot be bounded easily, such as `^(a+)+$` and `^(a|b)*$`, are rejected, even if they are harmless.
 */
export function isCheckable(pattern: string): boolean {
  return pattern.length <= maxLength && stepsOf(pattern) <= maxSteps && isValid(pattern);
}

const maxLength = 1000;
const maxSteps = 1_000_000;
/** Ways to match what is unbounded: few enough that one such part is accepted, and so many that two are not. */
const manyWays = 1000;

const quantifiers = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/g;
/** Stands for a group with a quantifier or an alternation, which no quantifier can follow. */
const varying = "\0";

function isValid(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    // An expression that is too large is rejected only at its first use.
    new RegExp(pattern, "u").test("");
    return true;
  } catch {
    return false;
  }
}

/** Upper bound on the steps of a search: the ways to match all parts, and the steps of each, which repeat counted parts. */
function stepsOf(pattern: string): number {
  // The first replacement makes escapes and classes single characters; the second leaves `?` to quantifiers.
  let rest = pattern
    .replace(/\\(?:[pPu]\{[^}]*\}|.)|\[(?:\\.|[^\\\]])*\]/gsu, "x")
    .replace(/\(\?(?::|P?<\w+>)/g, "(");
  let ways = rest.startsWith("^") && !rest.includes("|") ? 1 : manyWays;
  let length = pattern.length;
  const without = (part: string) => {
    ways *= part.split("|").length;
    for (const [quantifier, least = "0", isRange, most] of part.matchAll(quantifiers)) {
      const isUnbounded = /^[*+]/.test(quantifier) || (isRange === "," && most === "");
      const highest = Number(quantifier.startsWith("?") || most || least);
      ways *= isUnbounded ? manyWays : highest - Number(least) + 1;
      length += highest;
    }
    return /[*+?{|\0]/.test(part) ? varying : "x";
  };
  // Innermost groups first.
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\(([^()]*)\)/g, (_, part: string) => without(part));
    if (/\0[*+?{]/.test(rest)) return Number.POSITIVE_INFINITY;
  }
  without(rest);
  return ways * length;
}
