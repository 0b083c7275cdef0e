import type { Path } from "./pointer.js";

/** What a JSON Schema validator says about one fault. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A fault as a sentence with its place. */
export function explain({ message, params }: SchemaError, path: Path): string {
  const extra = params.unevaluatedProperty ?? params.additionalProperty ?? params.allowedValues;
  const detail = extra === undefined ? "" : ` (${JSON.stringify(extra)})`;
  return `${path.length > 0 ? path.join(" › ") : "the document"} ${message ?? "is not valid"}${detail}`;
}
