import { suggestion } from "../../templates/runtime/nearest.js";
import { UsageError } from "../diagnostic.js";

/** Failure that was asked for. */
export interface Failure {
  /** Name of the action; `*` for every action. */
  readonly action: string;
  readonly kind: "retcode" | "http" | "delay" | "broken";
  /** RetCode, HTTP status or milliseconds; 0 for `broken`. */
  readonly value: number;
  /** Number of calls of an action that get it. */
  readonly times: number;
  /** As in the option, without the action and the number of times. */
  readonly text: string;
}

const maxDelay = 2 ** 31 - 1;

/** Values of the kinds: what they are, and their limits. */
const kinds: Readonly<Record<Failure["kind"], readonly [what: string, least: number, most: number]>> = {
  retcode: ["a RetCode", 1, maxDelay],
  http: ["an HTTP status of a failure", 400, 599],
  delay: ["a number of milliseconds", 0, maxDelay],
  broken: ["", 0, 0],
};

const form =
  "<Action>=retcode:<n>, http:<status>, delay:<ms> or broken, then x<times> if it is not for all calls";

/**
 * Reads failures such as `DescribeUMemSpace=retcode:153x2`.
 *
 * @param actions names of the actions that exist.
 * @throws UsageError with every problem.
 */
export function readFailures(texts: readonly string[], actions: ReadonlySet<string>): Failure[] {
  const results = texts.map((text) => readFailure(text, actions));
  const problems = results.flatMap((result, index) =>
    typeof result === "string" ? [`error: --fail ${JSON.stringify(texts[index])}: ${result}`] : [],
  );
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return results as Failure[];
}

/** @returns the problem, if there is one. */
function readFailure(text: string, actions: ReadonlySet<string>): Failure | string {
  const [, action, failure = "", kind = "", value, times] =
    /^(.*?)=(([^:]*?)(?::(.*?))?)(?:x(\d+))?$/s.exec(text) ?? [];
  if (action === undefined) return `use ${form}`;
  if (action !== "*" && !actions.has(action)) {
    const help = "Use the name of an action, or * for every action.";
    return `no action is named ${JSON.stringify(action)}${suggestion(action, [...actions])}. ${help}`;
  }
  if (!Object.hasOwn(kinds, kind)) return `${JSON.stringify(kind)} is not a failure; use ${form}`;
  const [what, least, most] = kinds[kind as Failure["kind"]];
  const isNumber = /^\d+$/.test(value ?? "") && Number(value) >= least && Number(value) <= most;
  if (what === "" && value !== undefined) return `${kind} takes no value; remove ${JSON.stringify(value)}`;
  if (what !== "" && !isNumber)
    return `${JSON.stringify(value ?? "")} is not ${what}, an integer from ${least} to ${most}`;
  if (times !== undefined && Number(times) < 1) return "the number of times is 0; use 1 or more";
  return {
    action,
    kind: kind as Failure["kind"],
    value: Number(value ?? 0),
    times: Number(times ?? Number.POSITIVE_INFINITY),
    text: failure,
  };
}

/**
 * Creates the function that chooses the failure of each call of an action: the first one whose number of times is not used up,
 * those of the action before those of every action. It returns `undefined` for a call that does not fail.
 */
export function failuresOf(action: string, failures: readonly Failure[]): () => Failure | undefined {
  const own = [action, "*"].flatMap((name) => failures.filter((failure) => failure.action === name));
  const left = new Map(own.map((failure) => [failure, failure.times]));
  return () => {
    const failure = own.find((one) => (left.get(one) ?? 0) > 0);
    if (failure !== undefined) left.set(failure, (left.get(failure) ?? 0) - 1);
    return failure;
  };
}
