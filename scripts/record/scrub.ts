import {
  formsOf,
  isSigned,
  lettersOf,
  minLetters,
  minSecretLength,
} from "../../templates/runtime/secrets.js";
import { signingParameters } from "../../templates/runtime/signature.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { type FieldFacts, factsAt } from "../model/field-facts.js";
import type { Path } from "../openapi/pointer.js";
import { editJson } from "./edit-json.js";
import type { Exchange } from "./exchange.js";
import { createPlaceholders, type Placeholders } from "./placeholders.js";
import { isSensitive, valueScrubber } from "./scrub-values.js";
import { type StringIndex, stringIndex } from "./string-index.js";

/** Calls without anything private, and how many different values were replaced. */
export interface Scrubbed {
  readonly exchanges: readonly Exchange[];
  readonly replaced: number;
}

/**
 * Replaces everything in calls that may be private, and removes the signature. What stays is what the specification itself
 * says, and values that cannot identify anybody: test/recordings/README.md lists them. Equal values stay equal.
 *
 * @param keys private keys, and other secrets that were not sent.
 */
export function scrub(exchanges: readonly Exchange[], api: ApiModel, keys: readonly string[]): Scrubbed {
  const hasSecret = secretFinder([...keys, ...exchanges.flatMap(secretsOf)]);
  const placeholders = createPlaceholders(hasSecret);
  const names = namesOf(api);
  const scrubOne = (exchange: Exchange): Exchange => {
    const values = valueScrubber(exchange.action, placeholders, names, hasSecret);
    return {
      ...exchange,
      parameters: scrubParameters(exchange, values),
      headers: exchange.headers.flatMap((header) =>
        scrubHeader(header, api.brand.requestIdHeader, placeholders, hasSecret),
      ),
      body: editJson(exchange.body, {
        key: (key, path) => values.key(key, bodyField(exchange.action, [...path, key])),
        string: (value, path) => values.string(value, bodyField(exchange.action, path)),
        number: (digits, path) => values.number(digits, bodyField(exchange.action, path)),
      }),
    };
  };
  // A message can quote what a later call contains, so all values are collected first.
  for (const exchange of exchanges) scrubOne(exchange);
  return { exchanges: exchanges.map(scrubOne), replaced: placeholders.count };
}

function scrubParameters(
  { action, parameters }: Exchange,
  values: ReturnType<typeof valueScrubber>,
): Map<string, string> {
  const scrubbed = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (signingParameters.includes(name)) continue;
    const keys = name.split(".");
    const own = keys.map((key, index) => values.key(key, parameterField(action, keys.slice(0, index + 1))));
    const isAction = name === "Action";
    scrubbed.set(own.join("."), isAction ? value : values.parameter(value, parameterField(action, keys)));
  }
  return scrubbed;
}

/** What may be published of a header: how to read the body, when to call again, and which request it was. */
function scrubHeader(
  [name, value]: Exchange["headers"][number],
  requestIdHeader: string,
  placeholders: Placeholders,
  hasSecret: (text: string) => boolean,
): Exchange["headers"] {
  const isNamed = (other: string) => name.toLowerCase() === other.toLowerCase();
  if (isNamed(requestIdHeader)) return [[requestIdHeader, placeholders.of(value)]];
  const form = isNamed("Content-Type") ? mediaType : isNamed("Retry-After") ? /^\d{1,6}$/ : undefined;
  if (form === undefined) return [];
  return [[name, form.test(value) && !hasSecret(value) ? value : placeholders.of(value, true)]];
}

const mediaType = /^[\w.+-]{1,40}\/[\w.+-]{1,40}(?:\s*;\s*charset="?[\w-]{1,20}"?)?$/i;

function parameterField(action: Action, path: Path): FieldFacts {
  return factsAt(action, [...action.publicParameters, ...action.parameters], path);
}

/** A field of the success body or of the error body. */
function bodyField(action: Action, path: Path): FieldFacts {
  const { models, responseModel, errorModel } = action;
  const [success, error] = [responseModel, errorModel].map((name) => {
    const fields = models.find((model) => model.name === name)?.fields ?? [];
    return factsAt(action, fields, path);
  }) as [FieldFacts, FieldFacts];
  return success.type === undefined ? error : success;
}

/** Values that would allow a reader to call the API, or that the document says are sensitive. */
function secretsOf({ action, parameters, body }: Exchange): string[] {
  const secrets = [...parameters]
    .filter(
      ([name]) => signingParameters.includes(name) || isSensitive(parameterField(action, name.split("."))),
    )
    .map(([, value]) => value);
  const collect = (value: string, path: Path) => {
    if (isSensitive(bodyField(action, path))) secrets.push(value);
    return value;
  };
  editJson(body, { key: (key) => key, string: collect, number: collect });
  return secrets;
}

/** Creates a function that finds secrets in a string, in any of the encodings in which they are redacted. */
function secretFinder(secrets: readonly string[]): (text: string) => boolean {
  const unique = new Set(secrets.flatMap((secret) => [secret, secret.slice(0, minPrefix)]));
  const { literals, letters } = formsOf(
    [...unique].map((secret) => secret.replace(/\p{Surrogate}/gu, "\uFFFD")),
  );
  const inText = stringIndex(
    minSecretLength,
    literals.map((literal) => literal.toLowerCase()),
  );
  const inLetters = stringIndex(minLetters, letters);
  const has = (text: string, index: StringIndex) => {
    for (let at = 0; at < text.length; at++) if (index.longestAt(text, at) > at) return true;
    return false;
  };
  const results = new Map<string, boolean>();
  return (text) => {
    const result =
      results.get(text) ??
      (isSigned.test(text) || has(text.toLowerCase(), inText) || has(lettersOf(text), inLetters));
    results.set(text, result);
    return result;
  };
}

/** A prefix of a secret from this length is a secret, too. */
const minPrefix = 16;

/** Names of actions, of their responses, of parameters and of fields. */
function namesOf({ products }: ApiModel): Set<string> {
  const actions = products.flatMap((product) => product.actions);
  const fields = actions.flatMap(({ parameters, publicParameters, models }) => [
    ...[...parameters, ...publicParameters].map(({ name }) => name),
    ...models.flatMap((model) => model.fields.map(({ name }) => name)),
  ]);
  return new Set([
    ...signingParameters,
    ...actions.flatMap(({ name }) => [name, `${name}Response`]),
    ...fields,
  ]);
}
