import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { signingParameters, stringToSign } from "../../templates/runtime/signature.js";
import type { Recording } from "../contract/recording.js";
import type { Action, ApiModel } from "../model/api-model.js";

/** What the gateway answers; the HTTP status is 200 unless a recording has another. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For a log: what was asked and why this was answered. Holds no parameter but the action. */
  readonly note: string;
}

export type Gateway = (parameters: ReadonlyMap<string, string>) => Answer;

/** RetCodes of the gateway's own checks. A recording of one is an answer to a broken request, so it matches none. */
const checkCodes = [160, 161, 170, 171, 172, 220];

/**
 * A gateway that checks a request as the real one does, in this order: Action (160, 161), signature there (170),
 * key known (172), signature right (171), required parameters (220). Then it answers from recordings: the one
 * with the same parameters, else one that the request provokes by the values that set it apart (a failure first),
 * else the success whose parameters have the same names, else any success.
 */
export function createGateway(api: ApiModel, recordings: readonly Recording[]): Gateway {
  const { exampleCredentials, requestIdHeader } = api.brand;
  const actions = new Map(
    api.products.flatMap((product) => product.actions.map((action) => [action.name, action])),
  );
  const usable = recordings.filter((recording) => !checkCodes.includes(retCodeOf(recording)));

  function answer(action: string, body: string, note: string, status = 200): Answer {
    const headers = { "Content-Type": "application/json", [requestIdHeader]: randomUUID() };
    return { status, headers, body, note: `${action}: ${note}` };
  }

  return (parameters) => {
    const name = parameters.get("Action") ?? "";
    const action = actions.get(name);
    const fail = (RetCode: number, Message: string) =>
      answer(
        action === undefined ? "(unknown action)" : name,
        JSON.stringify({ RetCode, ...(name === "" ? {} : { Action: `${name}Response` }), Message }),
        `RetCode ${RetCode}`,
      );

    if (name === "") return fail(160, "Missing Action");
    if (action === undefined) return fail(161, `Action [${name}] not found`);
    const signature = parameters.get("Signature");
    if (!signature) return fail(170, "Missing Signature");
    if (parameters.get("PublicKey") !== exampleCredentials.publicKey)
      return fail(172, "PublicKey is unknown");
    if (!isRight(signature, parameters, exampleCredentials.privateKey))
      return fail(171, "Signature does not match");
    const missing = missingParameters(action, parameters);
    if (missing.length > 0) return fail(220, `Missing params [${missing.join(", ")}]`);

    const recording = choose(usable, name, parameters);
    if (recording === undefined) return fail(150, `No recording answers ${name}`);
    return answer(name, recording.body, `from ${recording.file}`, recording.status);
  };
}

function isRight(signature: string, parameters: ReadonlyMap<string, string>, privateKey: string): boolean {
  const right = createHash("sha1").update(stringToSign(parameters, privateKey)).digest();
  const given = Buffer.from(signature, "hex");
  return /^[0-9a-f]{40}$/.test(signature) && timingSafeEqual(right, given);
}

/** An array or object counts as given where any part of it is: `Disks` by `Disks.0.Size`. */
function missingParameters(action: Action, parameters: ReadonlyMap<string, string>): string[] {
  const given = new Set([...parameters.keys()].map((name) => name.split(".", 1)[0]));
  return action.parameters
    .filter(({ name, required }) => required && !given.has(name))
    .map(({ name }) => name);
}

function choose(
  recordings: readonly Recording[],
  action: string,
  parameters: ReadonlyMap<string, string>,
): Recording | undefined {
  const own = recordings.filter((recording) => recording.parameters.get("Action") === action);
  const successes = own.filter((recording) => retCodeOf(recording) === 0);
  const failures = own.filter((recording) => !successes.includes(recording));
  const asked = withoutCredentials(parameters);
  const names = [...asked.keys()].sort().join();
  return (
    own.find((recording) => isSame(withoutCredentials(recording.parameters), asked)) ??
    failures.find((recording) => isProvoked(recording, successes, asked)) ??
    successes.find((recording) => isProvoked(recording, successes, asked)) ??
    successes.find(
      (recording) => [...withoutCredentials(recording.parameters).keys()].sort().join() === names,
    ) ??
    successes[0]
  );
}

/** Whether a request has every value that sets a recording apart from the other recorded successes. */
function isProvoked(
  recording: Recording,
  successes: readonly Recording[],
  asked: ReadonlyMap<string, string>,
): boolean {
  const others = successes.filter((success) => success !== recording);
  const apart = [...withoutCredentials(recording.parameters)].filter(
    ([name, value]) => !others.some((success) => success.parameters.get(name) === value),
  );
  return apart.length > 0 && apart.every(([name, value]) => asked.get(name) === value);
}

function withoutCredentials(parameters: ReadonlyMap<string, string>): Map<string, string> {
  const own = [...parameters].filter(([name]) => !signingParameters.includes(name));
  return new Map(own);
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/** The RetCode of a recorded answer; NaN for one that is not the gateway's. */
function retCodeOf({ body }: Recording): number {
  try {
    return Number((JSON.parse(body) as { RetCode?: unknown } | null)?.RetCode);
  } catch {
    return Number.NaN;
  }
}
