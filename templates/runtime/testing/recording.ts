import { flattenParameters } from "../parameters.js";
import { signingParameters } from "../signature.js";
import { type FakeCall, type HttpResponse, MockReply, networkError, retCodeOf } from "./replies.js";

type Pairs = readonly { readonly name: string; readonly value?: string | undefined }[];

interface HarBody {
  readonly mimeType?: string | undefined;
  readonly text?: string | undefined;
  /** `base64`; only of responses. */
  readonly encoding?: string | undefined;
  /** Fields of a form; only of requests. */
  readonly params?: Pairs | undefined;
}

/** Entry of an HTTP archive (HAR 1.2), as far as it is read. */
export interface HarEntry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly postData?: HarBody | undefined;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Pairs;
    readonly content: HarBody;
  };
}

/** Parsed HTTP archive (HAR 1.2), as far as it is read. */
export interface HttpArchive {
  readonly log: { readonly entries: readonly HarEntry[] };
}

/** Call that was recorded, with its response. */
export interface RecordedCall extends HttpResponse {
  readonly method: string;
  /** URL of the request without its query. */
  readonly baseUrl: string;
  /** Parameters of the query and of the body: flat, with `Action` and the signature. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly mimeType: string;
}

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
 * @param archives parsed HAR files.
 * @returns a function for `on`. It throws if no recorded call matches, with the parameters that were recorded.
 */
export function fromRecording(
  archives: HttpArchive | readonly HttpArchive[],
  { match = "parameters" }: MatchOptions = {},
): (params: object, call: CalledWith) => MockReply {
  const entries = [archives].flat().flatMap(({ log }) => log.entries);
  const choose = createChooser(entries.map(readEntry), match);
  return (_, call) => replyOf(choose(call));
}

/** Reads an entry of an HTTP archive. Headers that `Headers` rejects, such as `:status` of HTTP/2, are skipped. */
export function readEntry({ request, response }: HarEntry): RecordedCall {
  const { mimeType = "", text = "", encoding } = response.content;
  return {
    method: request.method,
    baseUrl: request.url.replace(/[?#].*$/s, ""),
    parameters: new Map([...new URL(request.url).searchParams, ...readPostData(request.postData)]),
    status: response.status,
    headers: response.headers.map(({ name, value = "" }) => [name, value] as const).filter(isUsable),
    body: encoding === "base64" ? decode(text) : text,
    mimeType,
  };
}

/** Reads the parameters of a body: a form, or JSON. @throws Error if it is neither. */
export function readPostData({ mimeType = "", text, params = [] }: HarEntry["request"]["postData"] = {}) {
  if (text === undefined) return params.map(({ name, value = "" }): [string, string] => [name, value]);
  if (!/^application\/json\b/i.test(mimeType)) return [...new URLSearchParams(text)];
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) throw new Error("the body is not a JSON object");
  return [...flattenParameters(value)];
}

/** Response of a recorded call; a network error if there was none. */
export function replyOf({ status, headers, body }: RecordedCall): MockReply {
  return status === 0 ? networkError() : new MockReply(() => ({ status, headers, body }));
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

/** Parameters of a recorded call: flat, without `Action` and the signature. */
export function ownParameters({ parameters }: Pick<RecordedCall, "parameters">): Parameters {
  const added = ["Action", ...signingParameters];
  return Object.fromEntries([...parameters].filter(([name]) => !added.includes(name)));
}

/** False also for headers that describe the encoding of a body, since the recorded body is decoded. */
function isUsable([name, value]: readonly [string, string]): boolean {
  try {
    new Headers([[name, value]]);
    return !/^(?:content-(?:encoding|length)|transfer-encoding)$/i.test(name);
  } catch {
    return false;
  }
}

function decode(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
}

function show(parameters: Parameters): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))));
}
