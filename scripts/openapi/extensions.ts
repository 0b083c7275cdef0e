import { isHelperName, isIdentifier } from "../model/names.js";
import type { AddDiagnostic } from "./checks.js";
import { isObject, raw, walk } from "./pointer.js";

type Check = (value: unknown) => boolean;

const isBoolean: Check = (value) => typeof value === "boolean";
const isString: Check = (value) => typeof value === "string";
const isLine: Check = Number.isSafeInteger;
const isTableOf =
  (isItem: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(isItem);
const has =
  (items: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(items).every(([key, isItem]) => isItem(value[key]));

const isName: Check = (name) => typeof name === "string" && isIdentifier(name);
const isHelper: Check = (name) => typeof name === "string" && isHelperName(name);
const isDownload = has({
  links: isName,
  function: isHelper,
});
const isStates: Check = (value) => Array.isArray(value) && value.every(isString);
const isWait = has({
  function: isHelper,
  items: isName,
  id: isName,
  state: isName,
  done: (value) => isStates(value) && (value as string[]).length > 0,
  failed: isStates,
});
const pageLines = { line: isLine, parameters: isTableOf(isLine), schemas: isTableOf(isTableOf(isLine)) };
const isOptional =
  (isItem: Check): Check =>
  (value) =>
    value === undefined || isItem(value);
const isPageSource = has({
  page: isString,
  ...Object.fromEntries(Object.entries(pageLines).map(([key, isItem]) => [key, isOptional(isItem)])),
});

/** Whether a value is what the file of a product says about the page of an action. */
export const isPageFacts: Check = has({ pageHash: isString, draftHash: isString, ...pageLines });

/** Every extension and its valid values. spec/README.md describes them. */
const extensions: Readonly<Record<string, { isValid: Check; expected: string }>> = {
  "x-actiongen-components": {
    isValid: isTableOf(isTableOf(isString)),
    expected: "names by section and name",
  },
  "x-actiongen-download": {
    isValid: (value) => isDownload(value) && Object.keys(raw(value)).length === 2,
    expected: "function, an unused name that begins with a lower-case letter, and links, the name of a field",
  },
  "x-actiongen-paging": {
    isValid: has({ offset: isString, limit: isString, total: isString, items: isString }),
    expected: "offset, limit, total and items, each a name",
  },
  "x-actiongen-retcode-tables": { isValid: isObject, expected: "RetCode tables by name" },
  "x-actiongen-retcodes": { isValid: Array.isArray, expected: "a list of RetCode tables" },
  "x-actiongen-retry-safe": { isValid: isBoolean, expected: "true or false" },
  "x-actiongen-sample": { isValid: isObject, expected: "values by parameter" },
  "x-actiongen-sensitive": { isValid: isBoolean, expected: "true or false" },
  "x-actiongen-source": {
    isValid: isPageSource,
    expected: "page, and optionally line and the lines of parameters and schemas",
  },
  "x-actiongen-style": { isValid: (value) => value === "indexed", expected: "indexed" },
  "x-actiongen-wait": {
    isValid: (value) => isWait(value) && Object.keys(raw(value)).length === 6,
    expected:
      "function, an unused name that begins with a lower-case letter, items, id and state, each the name of a field, and done and failed, lists of states of which done is not empty",
  },
};

/** Checks all extensions of actiongen in a document: a misspelled one would be ignored silently. */
export function checkExtensions(document: unknown, report: AddDiagnostic): void {
  walk(document, (item, key, path) => {
    const extension = Object.hasOwn(extensions, key) ? extensions[key] : undefined;
    if (extension === undefined && key.startsWith("x-actiongen-")) {
      const help = `Known extensions are ${Object.keys(extensions).join(", ")}.`;
      report("unknown-extension", path, `${key} is not a known extension`, help);
    } else if (extension !== undefined && !extension.isValid(item)) {
      const message = `${key} is ${JSON.stringify(item)}`;
      report("extension-value", path, message, `It must be ${extension.expected}.`);
    }
  });
}
