import type { Path } from "./pointer.js";

/** An error of a JSON Schema validator. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Describes an error in a sentence that begins with the path. */
export function explain({ message, params }: SchemaError, path: Path): string {
  const extra = params.unevaluatedProperty ?? params.additionalProperty ?? params.allowedValues;
  const detail = extra === undefined ? "" : ` (${JSON.stringify(extra)})`;
  return `${path.length > 0 ? path.join(" › ") : "the document"} ${message ?? "is not valid"}${detail}`;
}
