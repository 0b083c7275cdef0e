import { oneLine } from "../text.js";
import type { Change } from "./change.js";
import type { RuleName } from "./rules.js";

type Message = (change: Pick<Change, "path" | "before" | "after">) => string;

/** Messages of rules that parameters and response fields share, by the last part of the rule. */
const ofFields: Readonly<Record<string, (noun: string) => Message>> = {
  "added-optional":
    (noun) =>
    ({ path }) =>
      `new optional ${noun} ${path}`,
  "added-required":
    (noun) =>
    ({ path }) =>
      `new required ${noun} ${path}`,
  "added-required-in-new-object":
    (noun) =>
    ({ path }) =>
      `its ${noun} ${path} is required`,
  removed:
    (noun) =>
    ({ path }) =>
      `${noun} ${path} removed`,
  "removed-optional":
    (noun) =>
    ({ path }) =>
      `optional ${noun} ${path} removed`,
  "removed-required":
    (noun) =>
    ({ path }) =>
      `required ${noun} ${path} removed`,
  renamed:
    (noun) =>
    ({ before, after }) =>
      `${noun} ${before} renamed to ${after}`,
  moved:
    (noun) =>
    ({ before, after }) =>
      `${noun} ${before} moved to ${after}`,
  "optional-to-required":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} became required`,
  "required-to-optional":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} became optional`,
  "type-changed": (noun) => changed(noun, "changed"),
  "type-widened": (noun) => changed(noun, "widened"),
  "type-narrowed": (noun) => changed(noun, "narrowed"),
  "integer-to-number": (noun) => changed(noun, "changed"),
  "number-to-integer": (noun) => changed(noun, "changed"),
  "array-to-scalar": (noun) => changed(noun, "changed"),
  "scalar-to-array": (noun) => changed(noun, "changed"),
  "became-enum":
    (noun) =>
    ({ path, after }) =>
      `${noun} ${path} lists values: ${after}`,
  "enum-to-plain":
    (noun) =>
    ({ path, before }) =>
      `${noun} ${path} no longer lists its values, which were ${before}`,
  "enum-value-added":
    (noun) =>
    ({ path, after }) =>
      `new value ${after} of ${noun} ${path}`,
  "enum-value-removed":
    (noun) =>
    ({ path, before }) =>
      `value ${before} of ${noun} ${path} removed`,
  "nullable-on":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} can be null`,
  "nullable-off":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} can no longer be null`,
  format:
    (noun) =>
    ({ path, before, after }) =>
      `format of ${noun} ${path}: ${was(before)}, now ${after || "none"}`,
  limits: (noun) => limits(noun, "changed"),
  "limits-narrowed": (noun) => limits(noun, "narrowed"),
  "limits-widened": (noun) => limits(noun, "widened"),
  "default-added":
    (noun) =>
    ({ path, after }) =>
      `${noun} ${path} has the default ${after}`,
  "default-removed":
    (noun) =>
    ({ path, before }) =>
      `${noun} ${path} no longer has the default ${before}`,
  "default-changed":
    (noun) =>
    ({ path, before, after }) =>
      `default of ${noun} ${path}: was ${before}, now ${after}`,
  "base64-on":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} is encoded in base64`,
  "base64-off":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} is no longer encoded in base64`,
  "sensitive-on":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} is hidden in logs and errors`,
  "sensitive-off":
    (noun) =>
    ({ path }) =>
      `${noun} ${path} is no longer hidden in logs and errors`,
  deprecated:
    (noun) =>
    ({ path }) =>
      `${noun} ${path} deprecated`,
  undeprecated:
    (noun) =>
    ({ path }) =>
      `${noun} ${path} no longer deprecated`,
  docs:
    (noun) =>
    ({ path }) =>
      `description of ${noun} ${path}`,
  order:
    (noun) =>
    ({ path }) =>
      `order of the ${noun}s${path === "" ? "" : ` in ${path}`}`,
};

const others: Readonly<Partial<Record<RuleName, Message>>> = {
  "base-url": setting("URL of the gateway"),
  "request-id-header": setting("header with the request ID"),
  "environment-prefix": setting("prefix of environment variables"),
  "profile-file": setting("file with profiles"),
  "package-scope": setting("scope of the packages"),
  "location-option-added": ({ path, after }) => `new option ${optionOf(path)} of clients, for ${after}`,
  "location-option-removed": ({ path }) => `option ${optionOf(path)} of clients removed`,
  "location-option-parameter": ({ path, before, after }) =>
    `option ${optionOf(path)} of clients: was for ${before}, now for ${after}`,
  "package-metadata": () => "metadata of the packages",
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
  "action-docs": () => "description",
  "action-sample": () => "sample call",
  "page-moved": ({ after }) =>
    after === "" ? "page of the vendor removed" : `page of the vendor is ${after}`,
  "retry-safe-on": () => "sent again after an unknown outcome",
  "retry-safe-off": () => "no longer sent again after an unknown outcome",
  "paging-added": () => "can be read page by page",
  "paging-removed": () => "can no longer be read page by page",
  "paging-field-changed": ({ before, after }) => `pages are read by ${after}, was ${before}`,
  "download-added": ({ after }) => `new function ${after}`,
  "download-removed": ({ before }) => `function ${before} removed`,
  "download-renamed": ({ before, after }) => `function ${before} renamed to ${after}`,
  "download-field-changed": ({ before, after }) => `downloads the links of ${after}, was ${before}`,
  "wait-added": ({ after }) => `new function ${after}`,
  "wait-removed": ({ before }) => `function ${before} removed`,
  "wait-renamed": ({ before, after }) => `function ${before} renamed to ${after}`,
  "wait-changed": ({ before, after }) => `waits for ${after}, was ${before}`,
  "retcode-added": ({ path, after }) => `new ${path}${after === "" ? "" : ` ${after}`}`,
  "retcode-removed": ({ path, before }) => `${path}${before === "" ? "" : ` ${before}`} removed`,
  "retcode-renamed": ({ path, before, after }) => `name of ${path}: ${was(before)}, now ${after || "none"}`,
  "retcode-retry-widened": ({ path, before, after }) => `retries after ${path}: was ${before}, now ${after}`,
  "retcode-retry-narrowed": ({ path, before, after }) => `retries after ${path}: was ${before}, now ${after}`,
  "retcode-text": ({ path }) => `description of ${path}`,
};

/** One line about a change, without its product and action. */
export function messageOf(change: Change): string {
  const [area, ...rest] = change.rule.split("-");
  const noun = area === "param" ? "parameter" : area === "resp" ? "response field" : "";
  const message = noun === "" ? others[change.rule] : ofFields[rest.join("-")]?.(noun);
  if (message === undefined) throw new Error(`unreachable: ${change.rule} has no message`);
  return oneLine(message(change));
}

function changed(noun: string, verb: string): Message {
  return ({ path, before, after }) => {
    const types = before === "" && after === "" ? "" : `: ${was(before)}, now ${after || "none"}`;
    return `type of ${noun} ${path} ${verb}${types}`;
  };
}

function limits(noun: string, verb: string): Message {
  return ({ path, before, after }) =>
    `limits of ${noun} ${path} ${verb}: ${was(before)}, now ${after || "none"}`;
}

function setting(name: string): Message {
  return ({ before, after }) => `${name}: ${was(before)}, now ${after || "none"}`;
}

function was(value: string): string {
  return `was ${value || "none"}`;
}

function optionOf(path: string): string {
  return path.replace("locationOptions.", "");
}
