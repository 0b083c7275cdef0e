import {
  type Credentials,
  credentialsFromEnvironment,
  type KeyPair,
  privateKeyOf,
  processEnvironment,
} from "../templates/runtime/credentials.js";
import { ActionError } from "../templates/runtime/errors.js";
import { profileCredentials } from "../templates/runtime/node/profile.js";
import { isReadOnly } from "../templates/runtime/operation.js";
import { isTooDeep } from "./contract/json-scan.js";
import { InputError } from "./diagnostic.js";
import type { Action, ApiModel, Brand } from "./model/api-model.js";
import { callOnce, TooLargeError } from "./record/call.js";
import type { Exchange } from "./record/exchange.js";
import { type Imported, readExport } from "./record/import.js";
import { type SavedRecording, type SaveOptions, saveRecordings } from "./record/save.js";
import { scrub } from "./record/scrub.js";

/** A call to record. */
export interface RecordOptions extends SaveOptions {
  readonly action: Action;
  /** Parameters as a caller of a client passes them. */
  readonly params: object;
  readonly baseUrl: string;
  readonly credentials: KeyPair;
}

/** Result of a recording. */
export interface RecordResult {
  readonly recordings: readonly SavedRecording[];
  /** Number of different values that were replaced. */
  readonly replaced: number;
}

/**
 * Calls the API once, and saves the call without anything private.
 *
 * @throws InputError if there is no response that can be recorded, or the file exists; CallError
 */
export async function record(
  { action, params, baseUrl, credentials, ...options }: RecordOptions,
  api: ApiModel,
): Promise<RecordResult> {
  const exchange = await callOnce({ action, params, credentials, baseUrl }, api.brand).catch((error) => {
    throw error instanceof ActionError || error instanceof TooLargeError ? notRecorded(error) : error;
  });
  if (isTooDeep(exchange.body)) throw notRecorded(new Error("the response is nested too deeply"));
  const { exchanges, replaced } = scrub([exchange], api, [credentials.privateKey]);
  return { recordings: await saveRecordings(exchanges, api, options), replaced };
}

/** An export to import. */
export interface ImportOptions extends SaveOptions {
  /** HAR file that a browser or a proxy wrote. */
  readonly from: string;
}

/**
 * Saves each call of a HAR file without anything private. Calls that are the same after that are saved once.
 *
 * @throws InputError with every problem of the file, or if a file exists.
 */
export async function importRecordings(
  { from, ...options }: ImportOptions,
  api: ApiModel,
): Promise<RecordResult & Pick<Imported, "skipped">> {
  const imported = await readExport(from, api);
  const key = processEnvironment(`${api.brand.environmentPrefix}_PRIVATE_KEY`);
  const { exchanges, replaced } = scrub(imported.exchanges, api, key === undefined ? [] : [key]);
  const keyOf = ({ action, parameters, body }: Exchange) =>
    JSON.stringify([action.name, ...parameters, body]);
  const unique = [...new Map([...exchanges].reverse().map((one) => [keyOf(one), one])).values()].reverse();
  const repeated = exchanges.length - unique.length;
  const skipped = new Map(imported.skipped);
  if (repeated > 0) skipped.set("the same as others", repeated);
  return { recordings: await saveRecordings(unique, api, options), replaced, skipped };
}

function notRecorded(error: Error): InputError {
  const help = helps.get(error.name) ?? "Only responses in JSON with a RetCode are recorded.";
  const message = `nothing was recorded: ${error.message}`;
  return new InputError([{ code: "not-recorded", file: "record", line: 0, message, help }]);
}

const checkUrl = "Check the network and --base-url.";
const helps = new Map([
  ["NetworkError", checkUrl],
  ["TimeoutError", checkUrl],
  ["RetCodeError", "Check the key pair: it must be from the console of the brand that --base-url leads to."],
  ["InvalidParameterError", "Correct the parameters."],
  ["TooLargeError", "Record a call with a smaller response, such as one page of a list."],
]);

/** Whether an action only reads, by its name and by its document, so that it can be called without asking. */
export function isHarmless({ name, retrySafe }: Action): boolean {
  return isReadOnly(name) && retrySafe;
}

/**
 * Reads the key pair to call with: that of a profile, if one is named here or in the environment, else that of the environment.
 *
 * @throws CredentialsError
 */
export async function readCredentials(
  { environmentPrefix, profileFile }: Brand,
  profile = processEnvironment(`${environmentPrefix}_PROFILE`),
): Promise<KeyPair> {
  if (profile === undefined) return credentialsFromEnvironment(environmentPrefix);
  const provide = profileCredentials({ profile }, { environmentPrefix, file: profileFile });
  const credentials: Credentials = await provide();
  return { ...credentials, privateKey: privateKeyOf(credentials) };
}
