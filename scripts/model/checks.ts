import { tryFlatten } from "../../templates/runtime/parameters.js";
import type { Faults } from "../diagnostic.js";
import type { Field } from "./api-model.js";
import { isIdentifier } from "./names.js";
import type { ActionDocument, PlacedParameter } from "./openapi.js";
import type { Path } from "./pointer.js";

/** Adds a fault about the place in the document that is being read. */
export type AddFault = (code: string, path: Path, message: string, help: string) => void;

const reservedParameters = ["PublicKey", "PrivateKey", "Signature", "SecurityToken"];
const isBoolean = (value: unknown) => typeof value === "boolean";

/** Every extension that there is, and what it may be. spec/README.md says what each means. */
const extensions: Readonly<Record<string, { isValid: (value: unknown) => boolean; want: string }>> = {
  "x-actiongen-retcodes": { isValid: Array.isArray, want: "a list of RetCode tables" },
  "x-actiongen-retry-safe": { isValid: isBoolean, want: "true or false" },
  "x-actiongen-sensitive": { isValid: isBoolean, want: "true or false" },
  "x-actiongen-style": { isValid: (value) => value === "indexed", want: "indexed" },
};

/** A misspelt extension would be passed over in silence, by this program and by every other. */
export function checkExtensions(value: unknown, path: Path, addFault: AddFault): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (key.startsWith("x-actiongen-")) {
      const known = Object.keys(extensions).join(", ");
      const extension = extensions[key];
      if (extension === undefined) {
        addFault("unknown-extension", place, `${key} is no extension that is known`, `Known are ${known}.`);
      } else if (!extension.isValid(item)) {
        const seen = JSON.stringify(item);
        addFault("extension-value", place, `${key} is ${seen}`, `It has to be ${extension.want}.`);
      }
    }
    checkExtensions(item, place, addFault);
  }
}

export function checkParameters(
  parameters: readonly PlacedParameter[],
  fields: readonly Field[],
  addFault: AddFault,
): void {
  const seen = new Set<string>();
  for (const [index, { parameter, path }] of parameters.entries()) {
    const { name } = parameter;
    const shown = JSON.stringify(name);
    if (parameter.in !== "query") {
      addFault(
        "parameter-place",
        [...path, "in"],
        `parameter ${shown} is in ${parameter.in}`,
        "Every parameter of an action is `in: query`.",
      );
    }
    if (!isIdentifier(name)) {
      addFault(
        "parameter-name",
        [...path, "name"],
        `parameter ${shown} is no identifier`,
        "Use letters, digits and _; write `A.N.B` as an array of objects with `x-actiongen-style: indexed`.",
      );
    }
    if (reservedParameters.includes(name)) {
      addFault(
        "parameter-reserved",
        [...path, "name"],
        `parameter ${shown} belongs to the signature`,
        "Leave it out; the security schemes stand for it.",
      );
    }
    if (seen.has(name))
      addFault("parameter-twice", [...path, "name"], `parameter ${shown} stands twice`, "Remove one.");
    seen.add(name);
    const kind = fields[index]?.type.kind;
    const nested = kind === "array" || kind === "object";
    if (nested && parameter["x-actiongen-style"] !== "indexed") {
      addFault(
        "parameter-style",
        path,
        `parameter ${shown} is an ${kind} and does not say how it is sent`,
        "Add `x-actiongen-style: indexed`: it goes on the wire as Name.0, Name.0.Sub.",
      );
    }
  }
}

export function checkSecurity(
  security: readonly Readonly<Record<string, unknown>>[],
  api: ActionDocument,
  addFault: AddFault,
): void {
  const signed = security.some((requirement) => "PublicKey" in requirement && "Signature" in requirement);
  const schemes = api.components?.securitySchemes ?? {};
  const described = ["PublicKey", "Signature"].every(
    (name) =>
      schemes[name]?.type === "apiKey" && schemes[name]?.in === "query" && schemes[name]?.name === name,
  );
  if (!signed || !described) {
    addFault(
      "security",
      ["components", "securitySchemes"],
      "does not say that a call carries PublicKey and Signature",
      "Add two apiKey schemes in the query with these names, and require both in one `security` entry.",
    );
  }
}

/** A sample with a value that has no form on the wire would be a sample that fails. */
export function checkExamples(fields: readonly Field[], faults: Faults): void {
  for (const { name, example, source } of fields) {
    for (const { path, problem } of tryFlatten({ [name]: example }).faults) {
      const help = "Give an example that can be sent.";
      faults.add({
        code: "example",
        ...source,
        message: `the example of ${name} cannot be sent: ${path} ${problem}`,
        help,
      });
    }
  }
}
