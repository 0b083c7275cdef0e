import { isActionName, isIdentifier } from "../model/names.js";
import { followReferences, operationPath, type Path, type Raw, raw, valueAt } from "./pointer.js";

/** Reports a problem at a path of the document that is read. */
export type AddDiagnostic = (code: string, path: Path, message: string, help: string) => void;

/** Keys of a path item that are methods. */
export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const reservedParameters = ["PublicKey", "Signature", "SecurityToken"];

/**
 * Checks that a document describes one action as spec/README.md requires. Ignores what is not valid OpenAPI, which is
 * reported by another check.
 *
 * @returns the action's name; `undefined` if it is missing.
 */
export function checkAction(document: object, addDiagnostic: AddDiagnostic): string | undefined {
  if (!checkForm(document, addDiagnostic)) return undefined;
  const parameters = readParameters(document);
  const name = checkName(parameters, addDiagnostic);
  checkParameters(document, parameters, addDiagnostic);
  checkSecurity(document, addDiagnostic);
  return name;
}

function checkForm(document: object, addDiagnostic: AddDiagnostic): boolean {
  const extension = [...operationPath, "x-actiongen-components"];
  if (valueAt(document, extension) !== undefined) {
    const message = "x-actiongen-components is only for documents with many actions";
    addDiagnostic("action-form", extension, message, "Remove it.");
  }
  const paths = Object.keys(raw(valueAt(document, ["paths"])));
  const isOnly = paths.length === 1 && paths[0] === "/";
  // Parameters and references beside the operation apply to it too, but nothing reads them.
  const relevant = [...methods, "parameters", "$ref"];
  const keys = Object.keys(raw(valueAt(document, ["paths", "/"]))).filter((key) => relevant.includes(key));
  if (isOnly && keys.join() === "get") return true;
  const seen = isOnly ? keys.join(", ") || "no method" : paths.join(", ") || "no path";
  const message = `has ${seen} instead of one GET on the path /`;
  addDiagnostic("action-form", ["paths"], message, "Write one document for each action.");
  return false;
}

interface FoundParameter {
  readonly parameter: Raw;
  readonly path: Path;
}

function readParameters(document: object): FoundParameter[] {
  const path = [...operationPath, "parameters"];
  const list = valueAt(document, path);
  return (Array.isArray(list) ? list : []).map((item, index) => {
    const found = followReferences(document, item, [...path, index]);
    return { parameter: raw(found.value), path: found.path };
  });
}

function checkName(parameters: readonly FoundParameter[], addDiagnostic: AddDiagnostic): string | undefined {
  const found = parameters.find(({ parameter }) => parameter.name === "Action");
  const path = found === undefined ? [...operationPath, "parameters"] : [...found.path, "schema"];
  const { const: constant, enum: values } = raw(found?.parameter.schema);
  const name = constant ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
  if (found !== undefined && found.parameter.required !== true) {
    const message = "the parameter Action is not required";
    addDiagnostic("action-name", found.path, message, "Add `required: true`.");
  }
  if (typeof name !== "string") {
    const message = "no parameter Action with a const names the action";
    addDiagnostic("action-name", path, message, "Add it, with the action's name as `const`.");
    return undefined;
  }
  if (!isActionName(name)) {
    const problem = isIdentifier(name) ? "is the name of a device on Windows" : "is not a valid identifier";
    const message = `the action's name ${JSON.stringify(name)} ${problem}`;
    const help = "Use letters, digits and _, beginning with a letter.";
    addDiagnostic("action-name", [...path, "const"], message, help);
  }
  return name;
}

function checkParameters(
  document: object,
  parameters: readonly FoundParameter[],
  addDiagnostic: AddDiagnostic,
): void {
  const seen = new Set<string>();
  for (const { parameter, path } of parameters) {
    const { name, in: location } = parameter;
    if (typeof name !== "string") continue;
    const add = (code: string, key: string, problem: string, help: string) =>
      addDiagnostic(code, [...path, key], `parameter ${JSON.stringify(name)} ${problem}`, help);
    if (["header", "path", "cookie"].includes(location as string)) {
      add("parameter-location", "in", `is in ${location}`, "Every parameter of an action is `in: query`.");
      continue;
    }
    if (!isIdentifier(name)) {
      const help =
        "Use letters, digits and _; write `A.N.B` as an array of objects with `x-actiongen-style: indexed`.";
      add("parameter-name", "name", "is not a valid identifier", help);
    }
    if (reservedParameters.includes(name)) {
      const help = "Remove it: the security schemes describe it.";
      add("parameter-reserved", "name", "belongs to the signature", help);
    }
    if (seen.has(name)) add("parameter-twice", "name", "is duplicated", "Remove one.");
    seen.add(name);
    const kind = nestedKind(document, parameter.schema);
    if (kind !== undefined && parameter["x-actiongen-style"] !== "indexed") {
      const help = "Add `x-actiongen-style: indexed`: it is sent as Name.0, Name.0.Sub.";
      add("parameter-style", "name", `is an ${kind} without a style`, help);
    }
  }
}

/** `array` or `object` for a schema of one. Objects without properties are sent as JSON and need no style. */
export function nestedKind(document: object, schema: unknown): "array" | "object" | undefined {
  const { type, properties } = raw(followReferences(document, schema, []).value);
  const types = [type].flat();
  if (types.includes("array")) return "array";
  return types.includes("object") && properties !== undefined ? "object" : undefined;
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
  addDiagnostic("security", path, "does not require PublicKey and Signature", help);
}
