import { isIdentifier } from "./names.js";
import type { ActionDocument, Path, PlacedParameter } from "./openapi.js";
import type { SchemaReader } from "./schema.js";

/** Adds a fault about the place in the document that is being read. */
export type AddFault = (code: string, path: Path, message: string, help: string) => void;

const reservedParameters = ["PublicKey", "PrivateKey", "Signature", "SecurityToken"];
const extensions = ["encode", "retcodes", "retry-safe", "sensitive", "style"].map(
  (name) => `x-actiongen-${name}`,
);

/** A misspelt extension would be passed over in silence, by this program and by every other. */
export function checkExtensions(value: unknown, path: Path, addFault: AddFault): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (key.startsWith("x-actiongen-") && !extensions.includes(key)) {
      addFault(
        "unknown-extension",
        place,
        `${key} is no extension that is known`,
        `Known are ${extensions.join(", ")}.`,
      );
    }
    checkExtensions(item, place, addFault);
  }
}

export function checkParameters(
  parameters: readonly PlacedParameter[],
  reader: SchemaReader,
  addFault: AddFault,
): void {
  const seen = new Set<string>();
  for (const { parameter, path } of parameters) {
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
    const { kind } = reader.typeOf(parameter.schema ?? {}, [...path, "schema"], name);
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
