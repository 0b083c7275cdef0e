import { retCodeOf } from "../../templates/runtime/testing/replies.js";
import { isTooDeep } from "../contract/json-scan.js";
import { parseRecordings, type Recording } from "../contract/recording.js";
import { Diagnostics, InputError } from "../diagnostic.js";
import { fileProblem, readSource } from "../files.js";
import type { ApiModel } from "../model/api-model.js";
import { credentialCodes } from "./call.js";
import type { Exchange } from "./exchange.js";

/** Calls of a HAR file, and how many of its entries were left out, by the reason. */
export interface Imported {
  readonly exchanges: readonly Exchange[];
  readonly skipped: ReadonlyMap<string, number>;
}

/** Reads the calls that a browser or a proxy exported. @throws InputError with every problem of the file. */
export async function readExport(file: string, api: ApiModel): Promise<Imported> {
  const diagnostics = new Diagnostics();
  const { recordings, skipped } = parseRecordings(await readSource(file), diagnostics);
  if (recordings.some(({ origin }) => origin === "documented")) {
    const help = "Import what a browser or a proxy exported.";
    const message = "was written from the documentation, and not captured";
    diagnostics.add(fileProblem("not-captured", file, message, help));
  }
  diagnostics.throwIfAny();
  const counts = new Map<string, number>();
  const skip = (reason: string) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const { reason } of skipped) skip(`since ${reason}`);
  const exchanges = recordings.flatMap((recording) => {
    const result = toExchange(recording, api);
    if (typeof result !== "string") return [result];
    skip(result);
    return [];
  });
  if (exchanges.length > 0) return { exchanges, skipped: counts };
  const message = `has no call to record: ${describeSkipped(counts)}`;
  throw new InputError([fileProblem("no-calls", file, message, "Export calls with their responses.")]);
}

/** @returns the reason, if a call is left out. */
function toExchange(recording: Recording, { products }: ApiModel): Exchange | string {
  const { parameters, body, method, status, headers, startedDateTime } = recording;
  const name = parameters.get("Action");
  const action = products.flatMap(({ actions }) => actions).find((one) => one.name === name);
  const retCode = retCodeOf(body);
  if (action === undefined) return "of actions that no document describes";
  if (retCode === undefined) return "whose response is not JSON with a RetCode";
  if (credentialCodes.includes(retCode)) return "whose key pair was refused";
  if (isTooDeep(body)) return "whose response is nested too deeply";
  const started = new Date(startedDateTime);
  const startedAt = Number.isNaN(started.getTime()) ? new Date(0) : started;
  return { action, method, parameters, status, headers, body, startedAt: startedAt.toISOString(), time: 0 };
}

/** Describes what was left out: `12 since the request has no parameter Action, 1 whose key pair was refused`. */
export function describeSkipped(skipped: ReadonlyMap<string, number>): string {
  return [...skipped].map(([reason, number]) => `${number} ${reason}`).join(", ");
}
