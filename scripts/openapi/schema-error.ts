import type { ErrorObject } from "ajv/dist/2020.js";
import type { Path } from "./pointer.js";

/** Describes an error of Ajv in a sentence that begins with the path. */
export function explain({ message, params }: ErrorObject, path: Path): string {
  const extra = params.unevaluatedProperty ?? params.additionalProperty ?? params.allowedValues;
  const detail = extra === undefined ? "" : ` (${JSON.stringify(extra)})`;
  return `${path.length > 0 ? path.join(" › ") : "the document"} ${message ?? "is not valid"}${detail}`;
}
