/** What is wrong with a value for a field of a kind; `""` where it can be sent. The value itself is never quoted. */
export function problemOf(value: unknown, kind: string): string {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) return "holds half a surrogate pair";
  // Beyond 1e21 it is no identifier but a magnitude, which may be rounded.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21)
    return "is beyond 2^53 and has lost digits: give a string or a bigint";
  if (kindsOf(value).includes(kind)) return "";
  const isNumber = typeof value === "number" && !Number.isFinite(value);
  return `(${isNumber ? value : value?.constructor?.name}) cannot be sent${kind === "json" ? "" : ` as ${kind}`}`;
}

/** The kinds of field that take a value: none where it has no form on the wire. No kind is part of another's name. */
function kindsOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      // Numbers that JavaScript cannot hold may be given as text or as a bigint.
      return /^-?\d+$/.test(value) ? "string enum base64 integer number json" : "string enum base64 json";
    case "bigint":
      return "integer number json";
    case "boolean":
      return "boolean json";
    case "number":
      if (Number.isInteger(value)) return "integer number enum json";
      return Number.isFinite(value) ? "number enum json" : "";
    case "object":
      if (Array.isArray(value)) return "array json";
      return value instanceof Uint8Array ? "base64" : isPlain(value) ? "object json" : "";
  }
  return "";
}

/** An object of another realm has a prototype of its own, but that has none. */
function isPlain(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Writes a value that {@link problemOf} finds nothing wrong with. */
export function wireText(value: unknown, kind: string): string {
  if (kind === "base64") return base64(value as string | Uint8Array);
  const text = String(value);
  // The gateway knows no exponents.
  return typeof value === "number" && text.includes("e") ? value.toLocaleString("en", plainDecimal) : text;
}

/** All digits that it takes to read the same number back, and no more. */
const plainDecimal = { useGrouping: false, maximumSignificantDigits: 21 };

function base64(value: string | Uint8Array): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
