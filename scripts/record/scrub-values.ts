import { agrees } from "../model/agreement.js";
import type { Action, Type } from "../model/api-model.js";
import type { FieldFacts } from "../model/field-facts.js";
import { isSecretByName } from "../model/names.js";
import type { Placeholders } from "./placeholders.js";
import { isFieldName, isPublicNumber, isPublicString, isShown } from "./public-values.js";
import { scrubMessage } from "./scrub-message.js";

/** Functions that return a value as it may be published. */
export interface ValueScrubber {
  /** @param value of a parameter, as on the wire. */
  parameter(value: string, facts: FieldFacts): string;
  string(value: string, facts: FieldFacts): string;
  /** @param digits a number of JSON, as written. */
  number(digits: string, facts: FieldFacts): string;
  key(key: string, facts: FieldFacts): string;
}

/**
 * Creates the functions for the values of an action.
 *
 * @param names names of the specification, such as those of actions and parameters.
 * @param hasSecret whether a string contains a secret.
 */
export function valueScrubber(
  { models }: Action,
  placeholders: Placeholders,
  names: ReadonlySet<string>,
  hasSecret: (text: string) => boolean,
): ValueScrubber {
  /** Whether a value in place of another is valid if the other is. */
  function fitting(value: unknown, type: Type | undefined, parse: (text: string) => unknown) {
    const isAny = type === undefined || !("limits" in type || type.kind === "enum" || type.kind === "union");
    if (isAny || !agrees(value, type, models)) return undefined;
    return (candidate: string) => agrees(parse(candidate), type, models);
  }

  function string(value: string, facts: FieldFacts): string {
    const { name, type } = facts;
    const replaced = (isSecret: boolean) =>
      placeholders.of(
        value,
        isSecret,
        fitting(value, type, (text) => text),
      );
    if (value === "") return value;
    if (isSensitive(facts)) return replaced(true);
    if (isShown(value, facts)) return value;
    if (name === "Message") return scrubMessage(value, placeholders, names, hasSecret);
    const isName = name === "Action" && (names.has(value.replace(/Response$/, "")) || isFieldName(value));
    return (isName || isPublicString(value, facts)) && !hasSecret(value) ? value : replaced(false);
  }

  function number(digits: string, facts: FieldFacts): string {
    const isPublic = !isSensitive(facts) && (isShown(digits, facts) || isPublicNumber(digits, facts));
    if (isPublic && !hasSecret(digits)) return digits;
    return placeholders.of(digits, true, fitting(Number(digits), facts.type, Number));
  }

  return {
    string,
    number,
    parameter(value, facts) {
      const { type } = facts;
      const isNumber = type?.kind === "integer" || type?.kind === "number";
      if (isNumber && Number.isFinite(Number(value)) && /^-?\d/.test(value)) return number(value, facts);
      const isEncoded = type?.kind === "string" && type.encoding === "base64";
      const decoded = Buffer.from(value, "base64").toString("utf8");
      if (!isEncoded || Buffer.from(decoded).toString("base64") !== value) return string(value, facts);
      return Buffer.from(placeholders.of(decoded, isSensitive(facts))).toString("base64");
    },
    key(key, { isListed, type }) {
      // A key that a map describes is a value.
      const isName = isListed || (type === undefined && isFieldName(key) && !hasSecret(key));
      return isName ? key : placeholders.of(key);
    },
  };
}

/** Whether a field is sensitive by the document, or, if the document does not list it, by its name. */
export function isSensitive({ name, isListed, isSensitive }: FieldFacts): boolean {
  return isSensitive || (!isListed && isSecretByName(name, anyString));
}

const anyString: Type = { kind: "string", nullable: false, format: "", encoding: "none", limits: {} };
