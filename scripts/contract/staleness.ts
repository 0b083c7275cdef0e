import type { Diagnostic } from "../diagnostic.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { type Raw, raw } from "../openapi/pointer.js";
import { documentHash } from "../transcribe/existing/hash.js";
import { type DocumentFacts, documentFacts } from "./document-facts.js";
import type { Recording } from "./recording.js";

/** The document of an action, as a recording names it in `log._document`: with facts, to name what changes later. */
export function recordedDocument(action: Action) {
  const { version } = raw(action.document.info);
  return {
    path: action.documentPath,
    hash: documentHash(action.document),
    version: typeof version === "string" ? version : "",
    facts: documentFacts(action),
  };
}

/**
 * Recordings that were made with an older document, each with what has changed since. They are warnings: whether such a
 * recording is still right is what the contract check finds out.
 */
export function staleRecordings(recordings: readonly Recording[], { products }: ApiModel): Diagnostic[] {
  const actions = products.flatMap((product) => product.actions);
  return recordings.flatMap((recording) => {
    const { document, parameters, file } = recording;
    const own = actions.filter(({ name }) => name === parameters.get("Action"));
    const action = own.find(({ documentPath }) => documentPath === document?.path) ?? own[0];
    if (document === undefined || action === undefined || document.hash === documentHash(action.document))
      return [];
    const changes = changesSince(raw(document.facts), documentFacts(action));
    const found = changes.length === 0 ? "nothing that a call shows has changed" : changes.join("; ");
    const message = `was recorded with an older ${action.documentPath}, of the hash ${document.hash}: ${found}`;
    const help =
      "Record the call again with `record --force`, or check that it still shows what the API does.";
    return [{ code: "stale-recording", file, line: 1, message, help }];
  });
}

/** What differs between the facts of a recorded document, which can be incomplete or of any type, and those of today. */
function changesSince({ parameters, fields, retCodes }: Raw, now: DocumentFacts): string[] {
  return [
    ...differences("parameter", typesOf(parameters), typesOf(now.parameters)),
    ...differences("field", typesOf(fields), typesOf(now.fields)),
    ...differences("RetCode", codesOf(retCodes), codesOf(now.retCodes)),
  ];
}

function typesOf(facts: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(raw(facts)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function codesOf(facts: unknown): ReadonlyMap<string, string> {
  const codes = Array.isArray(facts) ? facts : [];
  return new Map(codes.filter(Number.isInteger).map((code) => [String(code), "listed"]));
}

function differences(
  noun: string,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string[] {
  if (before.size === 0) return [];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const [old, current] = [before.get(name), now.get(name)];
    if (old === current) return [];
    if (old === undefined) return [`${noun} ${name} was added`];
    if (current === undefined) return [`${noun} ${name} was removed`];
    return [`${noun} ${name} was ${old}, and is ${current}`];
  });
}
