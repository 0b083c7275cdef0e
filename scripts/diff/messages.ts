import { oneLine } from "../text.js";
import type { Change } from "./change.js";
import type { Direction, FieldRule } from "./direction.js";
import type { RuleName } from "./rules.js";

/** Values of a change; `noun` is `parameter` or `response field`. */
type Values = Pick<Change, "path" | "before" | "after"> & { readonly noun: string };
type Message = (values: Values) => string;

const nouns: Readonly<Record<Direction, string>> = { param: "parameter", resp: "response field" };

/** Messages of rules that parameters and response fields share, by the last part of the rule. */
const ofFields: Readonly<Record<FieldRule, Message>> = {
  "added-optional": ({ noun, path }) => `new optional ${noun} ${path}`,
  "added-required": ({ noun, path }) => `new required ${noun} ${path}`,
  "added-required-in-new-object": ({ noun, path }) => `its ${noun} ${path} is required`,
  removed: ({ noun, path }) => `${noun} ${path} removed`,
  "removed-optional": ({ noun, path }) => `optional ${noun} ${path} removed`,
  "removed-required": ({ noun, path }) => `required ${noun} ${path} removed`,
  renamed: ({ noun, before, after }) => `${noun} ${before} renamed to ${after}`,
  moved: ({ noun, before, after }) => `${noun} ${before} moved to ${after}`,
  "optional-to-required": ({ noun, path }) => `${noun} ${path} became required`,
  "required-to-optional": ({ noun, path }) => `${noun} ${path} became optional`,
  "type-changed": typeMessage("changed"),
  "type-widened": typeMessage("widened"),
  "type-narrowed": typeMessage("narrowed"),
  "integer-to-number": typeMessage("changed"),
  "number-to-integer": typeMessage("changed"),
  "array-to-scalar": typeMessage("changed"),
  "scalar-to-array": typeMessage("changed"),
  "open-on": (values) => `${nameOf(values)} can now have other fields`,
  "open-off": (values) => `${nameOf(values)} no longer has other fields`,
  "became-enum": ({ noun, path, after }) => `${noun} ${path} is now an enumeration: ${after}`,
  "enum-to-plain": ({ noun, path, before }) =>
    `${noun} ${path} is no longer an enumeration, whose values were ${before}`,
  "enum-value-added": ({ noun, path, after }) => `new value ${after} of ${noun} ${path}`,
  "enum-value-removed": ({ noun, path, before }) => `value ${before} of ${noun} ${path} removed`,
  "nullable-on": ({ noun, path }) => `${noun} ${path} can now be null`,
  "nullable-off": ({ noun, path }) => `${noun} ${path} can no longer be null`,
  format: ({ noun, path, ...states }) => `format of ${noun} ${path}: ${both(states)}`,
  limits: limitsMessage("changed"),
  "limits-narrowed": limitsMessage("narrowed"),
  "limits-widened": limitsMessage("widened"),
  "default-added": ({ noun, path, after }) => `${noun} ${path} now has the default ${after}`,
  "default-removed": ({ noun, path, before }) => `${noun} ${path} no longer has the default ${before}`,
  "default-changed": ({ noun, path, ...states }) => `default of ${noun} ${path}: ${both(states)}`,
  "base64-on": ({ noun, path }) => `${noun} ${path} is now base64-encoded`,
  "base64-off": ({ noun, path }) => `${noun} ${path} is no longer base64-encoded`,
  "sensitive-on": ({ noun, path }) => `${noun} ${path} is now sensitive: hidden in logs and errors`,
  "sensitive-off": ({ noun, path }) => `${noun} ${path} is no longer sensitive: shown in logs and errors`,
  deprecated: ({ noun, path }) => `${noun} ${path} deprecated`,
  undeprecated: ({ noun, path }) => `${noun} ${path} no longer deprecated`,
  docs: ({ noun, path }) => `description of ${noun} ${path} changed`,
  order: ({ noun, path }) => `order of the ${noun}s${path === "" ? "" : ` in ${path}`} changed`,
};

const others: Readonly<Record<Exclude<RuleName, `${Direction}-${string}`>, Message>> = {
  "base-url": setting("URL of the gateway"),
  "request-id-header": setting("request ID header"),
  "environment-prefix": setting("prefix of environment variables"),
  "profile-file": setting("file with profiles"),
  "package-scope": setting("scope of the packages"),
  "location-option-added": ({ path, after }) => `new client option ${optionOf(path)}, which sets ${after}`,
  "location-option-removed": ({ path }) => `client option ${optionOf(path)} removed`,
  "location-option-parameter": ({ path, ...states }) =>
    `parameter that the client option ${optionOf(path)} sets: ${both(states)}`,
  "package-metadata": () => "metadata of the packages changed",
  "product-title": setting("title"),
  "action-added": () => "new action",
  "action-removed": () => "action removed",
  "action-renamed": ({ before }) => `action renamed, was ${before}`,
  "action-renamed-case": ({ before }) => `action renamed, was ${before}`,
  "action-moved-product": ({ after }) => `action moved to the product ${after}`,
  "action-moved-here": ({ before }) => `action moved here from the product ${before}`,
  "action-deprecated": () => "action deprecated",
  "action-undeprecated": () => "action no longer deprecated",
  "action-export-renamed": ({ before, after }) => `exported name ${before} is now ${after}`,
  "action-known-values-renamed": ({ before, after }) => `type of known values ${before} is now ${after}`,
  "action-docs": () => "description changed",
  "action-sample": () => "sample call changed",
  "page-moved": setting("vendor's page"),
  "retry-safe-on": () => "now retried if the outcome is unknown",
  "retry-safe-off": () => "no longer retried if the outcome is unknown",
  "paging-added": () => "now paged",
  "paging-removed": () => "no longer paged",
  "paging-field-changed": setting("paging fields"),
  "download-added": ({ after }) => `new function ${after}`,
  "download-removed": ({ before }) => `function ${before} removed`,
  "download-renamed": ({ before, after }) => `function ${before} renamed to ${after}`,
  "download-field-changed": setting("download links"),
  "wait-added": ({ after }) => `new function ${after}`,
  "wait-removed": ({ before }) => `function ${before} removed`,
  "wait-renamed": ({ before, after }) => `function ${before} renamed to ${after}`,
  "wait-changed": setting("wait"),
  "retcode-added": ({ path, after }) => `new ${path}${after === "" ? "" : ` ${after}`}`,
  "retcode-removed": ({ path, before }) => `${path}${before === "" ? "" : ` ${before}`} removed`,
  "retcode-renamed": ({ path, ...states }) => `name of ${path}: ${both(states)}`,
  "retcode-retry-widened": ({ path, ...states }) => `retries after ${path}: ${both(states)}`,
  "retcode-retry-narrowed": ({ path, ...states }) => `retries after ${path}: ${both(states)}`,
  "retcode-text": ({ path }) => `description of ${path} changed`,
};

/** One line about a change, without its product and action. */
export function messageOf({ rule, ...values }: Change): string {
  const [, direction = "", name = ""] = /^(param|resp)-(.*)$/.exec(rule) ?? [];
  const message = name === "" ? others[rule as keyof typeof others] : ofFields[name as FieldRule];
  return oneLine(message({ ...values, noun: direction === "" ? "" : nouns[direction as Direction] }));
}

function typeMessage(verb: string): Message {
  return ({ noun, path, ...states }) => `type of ${noun} ${path} ${verb}: ${both(states)}`;
}

function limitsMessage(verb: string): Message {
  return ({ noun, path, ...states }) => `limits of ${noun} ${path} ${verb}: ${both(states)}`;
}

function setting(name: string): Message {
  return (states) => `${name}: ${both(states)}`;
}

function both({ before, after }: Pick<Values, "before" | "after">): string {
  return `was ${before || "none"}, now ${after || "none"}`;
}

/** A field, or all of the response. */
function nameOf({ noun, path }: Values): string {
  return path === "" ? "response" : `${noun} ${path}`;
}

function optionOf(path: string): string {
  return path.replace("locationOptions.", "");
}
