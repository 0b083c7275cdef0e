import { isDownloadName, isIdentifier } from "../model/names.js";
import type { AddDiagnostic } from "./checks.js";
import type { Path, Raw } from "./pointer.js";

const isBoolean = (value: unknown) => typeof value === "boolean";
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isNameTable = (value: unknown) =>
  isObject(value) &&
  Object.values(value as object).every(
    (names) => isObject(names) && Object.values(names).every((name) => typeof name === "string"),
  );

const isName = (value: unknown) => typeof value === "string" && isIdentifier(value);
const isPaging = (value: unknown) =>
  isObject(value) &&
  ["offset", "limit", "total", "items"].every((key) => typeof (value as Raw)[key] === "string");
const isDownload = (value: unknown) =>
  isObject(value) &&
  Object.keys(value as Raw).length === 2 &&
  isName((value as Raw).links) &&
  isName((value as Raw).function) &&
  isDownloadName((value as Raw).function as string);
const isLines = (value: unknown) =>
  isObject(value) && Object.values(value as Raw).every(Number.isSafeInteger);
const isPageSource = (value: unknown) => {
  if (!isObject(value)) return false;
  const { page, line, parameters, schemas } = value as Raw;
  const isPlaced = typeof page === "string" && Number.isSafeInteger(line);
  return isPlaced && isLines(parameters) && isObject(schemas) && Object.values(schemas as Raw).every(isLines);
};

/** Every extension and its valid values. spec/README.md describes them. */
const extensions: Readonly<Record<string, { isValid: (value: unknown) => boolean; want: string }>> = {
  "x-actiongen-components": { isValid: isNameTable, want: "names by section and name" },
  "x-actiongen-download": {
    isValid: isDownload,
    want: "function, an unused name that begins with a lower-case letter, and links, the name of a field",
  },
  "x-actiongen-paging": { isValid: isPaging, want: "offset, limit, total and items, each a name" },
  "x-actiongen-retcode-tables": { isValid: isObject, want: "RetCode tables by name" },
  "x-actiongen-retcodes": { isValid: Array.isArray, want: "a list of RetCode tables" },
  "x-actiongen-retry-safe": { isValid: isBoolean, want: "true or false" },
  "x-actiongen-sensitive": { isValid: isBoolean, want: "true or false" },
  "x-actiongen-source": {
    isValid: isPageSource,
    want: "page, line, and the lines of parameters and schemas",
  },
  "x-actiongen-style": { isValid: (value) => value === "indexed", want: "indexed" },
};

/** Checks all extensions of actiongen in a document: a misspelled one would be ignored silently. */
export function checkExtensions(value: unknown, addDiagnostic: AddDiagnostic, path: Path = []): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const itemPath = [...path, Array.isArray(value) ? Number(key) : key];
    const extension = Object.hasOwn(extensions, key) ? extensions[key] : undefined;
    if (extension === undefined && key.startsWith("x-actiongen-")) {
      const help = `Known extensions are ${Object.keys(extensions).join(", ")}.`;
      addDiagnostic("unknown-extension", itemPath, `${key} is not a known extension`, help);
    } else if (extension !== undefined && !extension.isValid(item)) {
      const message = `${key} is ${JSON.stringify(item)}`;
      addDiagnostic("extension-value", itemPath, message, `It must be ${extension.want}.`);
    }
    checkExtensions(item, addDiagnostic, itemPath);
  }
}
