import { type HttpArchive, ownParameters, type RecordedCall, readEntry } from "./har.js";
import { type FakeCall, MockReply, networkError, retCodeOf } from "./replies.js";

type CalledWith = Pick<FakeCall, "action" | "parameters">;

/** Options of {@link fromRecording}. */
export interface MatchOptions {
  /**
   * Recorded calls whose responses are used:
   * - `parameters` (default): those with the same parameters.
   * - `action`: all calls of the action.
   * - `closest`: those with the same parameters; else the failure, then the success, all of whose distinctive values the
   *   call has (those that no other recorded success has); else the success with the same parameter names; else the first.
   */
  readonly match?: "parameters" | "action" | "closest" | undefined;
}

/**
 * Responds from recordings. If several recorded calls match, they are used in turn, and the last for all that follow.
 *
 * @param archives parsed HAR files. Entries that are not calls of an Action API are skipped.
 * @returns a function for `on`. It throws if no recorded call matches, with the parameters that were recorded.
 */
export function fromRecording(
  archives: HttpArchive | readonly HttpArchive[],
  { match = "parameters" }: MatchOptions = {},
): (params: object, call: CalledWith) => MockReply {
  const entries = [archives].flat().flatMap(({ log }) => log.entries);
  const calls = entries.map(readEntry).filter((call) => "parameters" in call);
  const choose = createChooser(calls, match);
  return (_, call) => replyOf(choose(call));
}

/** Response of a recorded call; a network error if there was none, which tools write as status 0 or -1. */
export function replyOf({ status, headers, body }: RecordedCall): MockReply {
  return status <= 0 ? networkError() : new MockReply(() => ({ status, headers, body }));
}

/**
 * Creates the function that chooses the recorded call for a call.
 *
 * @throws Error from that function if no recorded call matches.
 */
export function createChooser<Recorded extends RecordedCall>(
  recorded: readonly Recorded[],
  match: NonNullable<MatchOptions["match"]>,
): (call: CalledWith) => Recorded {
  const turns = new Map<Recorded, number>();
  return ({ action, parameters }) => {
    const own = recorded.filter(
      ({ parameters: all, body }) =>
        all.get("Action") === action && (match !== "closest" || !checkCodes.includes(retCodeOf(body) ?? 0)),
    );
    const same = own.filter((one) => show(ownParameters(one)) === show(parameters));
    const matching =
      match === "action" ? own : same[0] || match === "parameters" ? same : closest(own, parameters);
    const [first] = matching;
    const turn = (first && turns.get(first)) ?? 0;
    const chosen = matching[Math.min(turn, matching.length - 1)];
    if (first === undefined || chosen === undefined) {
      const known = own.map((one) => show(ownParameters(one))).join(" or ");
      const problem = known === "" ? "was not recorded" : `was recorded with ${known}`;
      throw new Error(`${action} ${problem}, and is called with ${show(parameters)}`);
    }
    turns.set(first, turn + 1);
    return chosen;
  };
}

/** RetCodes of the gateway's own checks: the request of such a recording is invalid, and not close to any valid one. */
const checkCodes = [160, 161, 170, 171, 172, 174, 220];

function closest<Recorded extends RecordedCall>(own: readonly Recorded[], called: Parameters): Recorded[] {
  const names = Object.keys(called).sort().join();
  const successes = own.filter(({ body }) => retCodeOf(body) === 0);
  const failures = own.filter((one) => !successes.includes(one));
  // Whether the call has all distinctive values of the recording, and there are some.
  const isProvoked = (one: Recorded) => {
    const others = successes.filter((success) => success !== one).map(ownParameters);
    const apart = Object.entries(ownParameters(one)).filter(
      ([name, value]) => !others.some((other) => other[name] === value),
    );
    return apart.length > 0 && apart.every(([name, value]) => called[name] === value);
  };
  const chosen =
    failures.find(isProvoked) ??
    successes.find(isProvoked) ??
    successes.find((one) => Object.keys(ownParameters(one)).sort().join() === names) ??
    successes[0];
  return chosen === undefined ? [] : [chosen];
}

type Parameters = Readonly<Record<string, string>>;

function show(parameters: Parameters): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))));
}
