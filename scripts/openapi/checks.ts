import { tryFlatten } from "../../templates/runtime/parameters.js";
import type { Field } from "../model/api-model.js";
import { isDownloadName, isIdentifier } from "../model/names.js";
import { localTarget, type Path, valueAt } from "./pointer.js";

/** Adds a fault about the place in the document that is being read. */
export type AddDiagnostic = (code: string, path: Path, message: string, help: string) => void;

/** Any part of a document that may not be sound. */
export type Raw = Readonly<Record<string, unknown>>;

const operationPath: Path = ["paths", "/", "get"];
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const reservedParameters = ["PublicKey", "PrivateKey", "Signature", "SecurityToken"];
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

/** Every extension that there is, and what it may be. spec/README.md says what each means. */
const extensions: Readonly<Record<string, { isValid: (value: unknown) => boolean; want: string }>> = {
  "x-actiongen-components": { isValid: isNameTable, want: "names by section and name" },
  "x-actiongen-download": {
    isValid: isDownload,
    want: "function, a name that is free and begins with a small letter, and links, the name of a field",
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

/** A misspelt extension would be passed over in silence, by this program and by every other. */
export function checkExtensions(value: unknown, path: Path, addDiagnostic: AddDiagnostic): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (key.startsWith("x-actiongen-")) {
      const known = Object.keys(extensions).join(", ");
      const extension = extensions[key];
      if (extension === undefined) {
        addDiagnostic(
          "unknown-extension",
          place,
          `${key} is no extension that is known`,
          `Known are ${known}.`,
        );
      } else if (!extension.isValid(item)) {
        const seen = JSON.stringify(item);
        addDiagnostic("extension-value", place, `${key} is ${seen}`, `It has to be ${extension.want}.`);
      }
    }
    checkExtensions(item, place, addDiagnostic);
  }
}

/**
 * Checks that a document describes one action as spec/README.md asks. It passes over what is not even OpenAPI,
 * so that it can tell its faults beside those.
 */
export function checkAction(document: object, addDiagnostic: AddDiagnostic): void {
  checkExtensions(document, [], addDiagnostic);
  if (!checkForm(document, addDiagnostic)) return;
  const parameters = placeParameters(document);
  checkName(document, parameters, addDiagnostic);
  checkParameters(document, parameters, addDiagnostic);
  checkSecurity(document, addDiagnostic);
}

function checkForm(document: object, addDiagnostic: AddDiagnostic): boolean {
  if (valueAt(document, [...operationPath, "x-actiongen-components"]) !== undefined) {
    const message =
      "x-actiongen-components stands in a document of one action, whose components have their own names";
    addDiagnostic("action-form", [...operationPath, "x-actiongen-components"], message, "Remove it.");
  }
  const paths = Object.keys(raw(valueAt(document, ["paths"])));
  const isOnly = paths.length === 1 && paths[0] === "/";
  // What stands beside the operation holds for it too, and would be passed over.
  const matters = [...methods, "parameters", "$ref"];
  const beside = Object.keys(raw(valueAt(document, ["paths", "/"]))).filter((key) => matters.includes(key));
  if (isOnly && beside.join() === "get") return true;
  const seen = isOnly ? beside.join(", ") || "no method" : paths.join(", ") || "no path";
  const message = `has ${seen} where one GET on the path / belongs`;
  addDiagnostic("action-form", ["paths"], message, "Write one document for each action.");
  return false;
}

interface RawParameter {
  readonly parameter: Raw;
  readonly path: Path;
}

function placeParameters(document: object): RawParameter[] {
  const path = [...operationPath, "parameters"];
  const list = valueAt(document, path);
  return (Array.isArray(list) ? list : []).map((item, index) => {
    const target = localTarget(raw(item).$ref);
    return target === undefined
      ? { parameter: raw(item), path: [...path, index] }
      : { parameter: raw(valueAt(document, target)), path: target };
  });
}

function checkName(
  document: object,
  parameters: readonly RawParameter[],
  addDiagnostic: AddDiagnostic,
): void {
  const placed = parameters.find(({ parameter }) => parameter.name === "Action");
  const path = placed === undefined ? [...operationPath, "parameters"] : [...placed.path, "schema"];
  const { const: constant, enum: values } = raw(placed?.parameter.schema);
  const name = constant ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
  if (placed !== undefined && placed.parameter.required !== true) {
    addDiagnostic(
      "action-name",
      placed.path,
      "the parameter Action is not required",
      "Add `required: true`.",
    );
  }
  if (typeof name !== "string") {
    const message = "no parameter Action with a const says which action this is";
    addDiagnostic("action-name", path, message, "Add it, with the action's name as `const`.");
    return;
  }
  if (!isIdentifier(name)) {
    const message = `the action's name ${JSON.stringify(name)} is no identifier`;
    addDiagnostic(
      "action-name",
      [...path, "const"],
      message,
      "Use letters, digits and _, beginning with a letter.",
    );
  }
  const { operationId = "" } = raw(valueAt(document, operationPath));
  if (operationId !== name) {
    const message = `operationId is ${JSON.stringify(operationId)}, but the action is ${JSON.stringify(name)}`;
    addDiagnostic("operation-id", [...operationPath, "operationId"], message, "Give both the same name.");
  }
}

function checkParameters(
  document: object,
  parameters: readonly RawParameter[],
  addDiagnostic: AddDiagnostic,
): void {
  const seen = new Set<string>();
  for (const { parameter, path } of parameters) {
    const { name, in: place } = parameter;
    if (typeof name !== "string") continue;
    const add = (code: string, key: string, problem: string, help: string) =>
      addDiagnostic(code, [...path, key], `parameter ${JSON.stringify(name)} ${problem}`, help);
    if (["header", "path", "cookie"].includes(place as string)) {
      add("parameter-place", "in", `is in ${place}`, "Every parameter of an action is `in: query`.");
    }
    if (!isIdentifier(name)) {
      const help =
        "Use letters, digits and _; write `A.N.B` as an array of objects with `x-actiongen-style: indexed`.";
      add("parameter-name", "name", "is no identifier", help);
    }
    if (reservedParameters.includes(name)) {
      const help = "Leave it out; the security schemes stand for it.";
      add("parameter-reserved", "name", "belongs to the signature", help);
    }
    if (seen.has(name)) add("parameter-twice", "name", "stands twice", "Remove one.");
    seen.add(name);
    const kind = nestedKind(document, parameter.schema);
    if (kind !== undefined && parameter["x-actiongen-style"] !== "indexed") {
      const help = "Add `x-actiongen-style: indexed`: it goes on the wire as Name.0, Name.0.Sub.";
      add("parameter-style", "name", `is an ${kind} and does not say how it is sent`, help);
    }
  }
}

/** `array` or `object` where a schema is one; objects of anything are sent as text and need no style. */
export function nestedKind(document: object, schema: unknown): string | undefined {
  const seen = new Set<unknown>();
  let found = raw(schema);
  for (let target = localTarget(found.$ref); target !== undefined; target = localTarget(found.$ref)) {
    if (seen.has(found.$ref)) return undefined;
    seen.add(found.$ref);
    found = raw(valueAt(document, target));
  }
  if (found.type === "array") return "array";
  return found.type === "object" && found.properties !== undefined ? "object" : undefined;
}

function checkSecurity(document: object, addDiagnostic: AddDiagnostic): void {
  const required = valueAt(document, [...operationPath, "security"]) ?? valueAt(document, ["security"]);
  const path = ["components", "securitySchemes"];
  const isSigned = (Array.isArray(required) ? required : []).some(
    (requirement) => "PublicKey" in raw(requirement) && "Signature" in raw(requirement),
  );
  const isDescribed = ["PublicKey", "Signature"].every((name) => {
    const scheme = raw(valueAt(document, [...path, name]));
    return scheme.type === "apiKey" && scheme.in === "query" && scheme.name === name;
  });
  if (isSigned && isDescribed) return;
  const help =
    "Add two apiKey schemes in the query with these names, and require both in one `security` entry.";
  addDiagnostic("security", path, "does not say that a call carries PublicKey and Signature", help);
}

/** A value as an object with unknown content; an empty one for what is none. */
export function raw(value: unknown): Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

/** A sample with a value that has no form on the wire would be a sample that fails. */
export function checkExample({ name, example }: Field, path: Path, addDiagnostic: AddDiagnostic): void {
  for (const { path: place, problem } of tryFlatten({ [name]: example }).issues) {
    const message = `the example of ${name} cannot be sent: ${place} ${problem}`;
    addDiagnostic("example", path, message, "Give an example that can be sent.");
  }
}
