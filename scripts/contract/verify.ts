import { isDeepStrictEqual } from "node:util";
import { RetCodeError } from "../../templates/runtime/errors.js";
import { signingParameters } from "../../templates/runtime/signature.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { bodyPath, type Finding, type Found, show, toFinding } from "./finding.js";
import type { Recording } from "./recording.js";
import { type CreateClient, type Replay, replay } from "./replay.js";
import { checkRequestTypes, isRefusedByGateway, isSecretParameter, shownName } from "./request-types.js";
import { checkResponse } from "./response.js";
import { parseBody } from "./response-body.js";

/**
 * Compares a recording, the model and the generated client with one another: the client must build the recorded request,
 * the recorded response must be valid and have no undocumented field, and the client must return or throw accordingly.
 *
 * @returns each disagreement. No message contains a secret of the recording.
 */
export async function verifyRecording(
  recording: Recording,
  api: ApiModel,
  createClient: CreateClient,
): Promise<Finding[]> {
  const name = recording.parameters.get("Action") ?? "";
  const action = api.products.flatMap(({ actions }) => actions).find((candidate) => candidate.name === name);
  if (action === undefined) return [unknownAction(recording)];
  const replayed = await replay(recording, action, api.brand, createClient);
  const types = checkRequestTypes(recording, action);
  const response = checkResponse(recording, action);
  const found = [
    ...recording.contradictions,
    ...types,
    ...compareRequests(recording, replayed, api, action, new Set(types.map(({ at }) => at))),
    ...response,
    ...checkOutcome(recording, replayed, action, [...types, ...response]),
  ];
  return found.map((one) => toFinding(recording, action, one));
}

/** Disagreement of a recording whose action no document describes. */
export function unknownAction(recording: Recording): Finding {
  const name = (recording.parameters.get("Action") ?? "").slice(0, 100);
  const message = `calls the action ${JSON.stringify(name)}, which no document describes`;
  return toFinding(recording, undefined, {
    code: "action-undocumented",
    path: recording.pathOf("Action"),
    message,
  });
}

/** Whether the signature can be made again: a call that was captured is signed with a key pair that only its owner has. */
function isSignedByExample({ origin, parameters }: Recording, { brand }: ApiModel): boolean {
  return origin === "documented" || parameters.get("PublicKey") === brand.exampleCredentials.publicKey;
}

/** @param reported names of the parameters that have other findings. */
function compareRequests(
  recording: Recording,
  built: Replay,
  api: ApiModel,
  action: Action,
  reported: ReadonlySet<string | undefined>,
): Found[] {
  // A client that sent nothing threw an error, which `checkOutcome` reports.
  if (built.method === "") return [];
  const found: Found[] = [];
  if (built.method !== recording.method) {
    const message = `method is ${recording.method} in the recording, ${built.method} from the client`;
    found.push({ code: "request-method", path: ["request", "method"], message });
  }
  // A capture can be of another region or brand, which has the same documents.
  if (recording.origin === "documented" && built.baseUrl !== recording.baseUrl) {
    const message = `the request goes to ${recording.baseUrl} in the recording, to ${built.baseUrl} from the client`;
    found.push({ code: "request-url", path: ["request", "url"], message });
  }
  const isComparable = isSignedByExample(recording, api);
  for (const name of new Set([...recording.parameters.keys(), ...built.parameters.keys()])) {
    const recorded = recording.parameters.get(name);
    const sent = built.parameters.get(name);
    const at = shownName(recording, action, name);
    const isSigning = signingParameters.includes(name);
    if (recorded === sent || reported.has(at) || (isSigning && !isComparable)) continue;
    const isSecret = isSigning || isSecretParameter(recording, action, name, recorded ?? sent);
    const message = `request parameter ${at} is ${show(recorded, isSecret)} in the recording, ${show(sent, isSecret)} from the client`;
    const code = isSigning ? "request-signature" : "request-parameter";
    found.push({ code, path: recording.pathOf(name), at, message });
  }
  return found;
}

/** @param others findings that explain why a client refuses the call, or returns something else. */
function checkOutcome(
  recording: Recording,
  { outcome }: Replay,
  action: Action,
  others: readonly Found[],
): Found[] {
  const body = parseBody(recording);
  // `checkResponse` reports a missing or mistyped RetCode, which leaves the outcome undefined.
  if (body === undefined || !Number.isInteger(body.RetCode)) return [];
  const code = "client-outcome";
  const error = "error" in outcome ? outcome.error : undefined;
  const isRefused = error instanceof Error && error.name === "InvalidParameterError";
  if (isRefused && (isRefusedByGateway(recording) || others.some((one) => one.code.startsWith("parameter-"))))
    return [];
  const recorded = `RetCode is ${body.RetCode} in the recording`;
  // The message of an error quotes that of the response, which can contain anything.
  const threw =
    error instanceof RetCodeError ? `threw a RetCodeError with ${error.retCode}` : `threw ${error}`;
  if (body.RetCode === 0) {
    const isChanged = others.some((one) => ["body-duplicate-key", "field-digits"].includes(one.code));
    if ("value" in outcome && (isChanged || isDeepStrictEqual(outcome.value, body))) return [];
    const actual = "value" in outcome ? "returned another value than the response body" : threw;
    return [{ code, path: bodyPath, message: `${recorded}, but the client ${actual}` }];
  }
  if ("value" in outcome)
    return [{ code, path: bodyPath, message: `${recorded}, but the client returned a value` }];
  if (!(error instanceof RetCodeError))
    return [{ code, path: bodyPath, message: `${recorded}, but the client ${threw}` }];
  const documented = action.retCodes.find((one) => one.code === body.RetCode);
  const isHidden = recording.origin === "captured";
  const expectations = [
    ["RetCode", body.RetCode, error.retCode, false],
    ["the code's name", documented?.name, error.codeName || undefined, false],
    ["Message", body.Message ?? "", error.serverMessage, isHidden],
  ] as const;
  return expectations
    .filter(([, expected, actual]) => expected !== actual)
    .map(([field, expected, actual, hidden]) => ({
      code,
      path: bodyPath,
      message: `${field} should be ${show(expected, hidden)}, but the client's error has ${show(actual, hidden)}`,
    }));
}
