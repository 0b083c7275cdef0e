/** The problem of a value for a field of a kind; `""` if it can be sent. Never contains the value. */
export function problemOf(value: unknown, kind: string): string {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) return "contains a lone surrogate";
  // From 1e21 it is a magnitude, which may be rounded, and not an identifier.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21)
    return "is beyond 2^53 and has lost digits: pass a string or a bigint";
  if (kindsOf(value).includes(kind)) return "";
  const isNumber = typeof value === "number" && !Number.isFinite(value);
  return `(${isNumber ? value : value?.constructor?.name}) cannot be sent${kind === "json" ? "" : ` as ${kind}`}`;
}

/** The kinds of field that accept a value; none if it cannot be sent. No kind is a substring of another. */
function kindsOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      // A number that JavaScript cannot represent can be passed as a string or a bigint.
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

/** Accepts objects of other realms, whose prototype is another object but has no prototype itself. */
function isPlain(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Formats a value that {@link problemOf} accepts. */
export function wireText(value: unknown, kind: string): string {
  if (kind === "base64") return base64(value as string | Uint8Array);
  const text = String(value);
  // The gateway does not accept exponents.
  return typeof value === "number" && text.includes("e") ? value.toLocaleString("en", plainDecimal) : text;
}

/** The shortest digits from which the same number can be parsed. */
const plainDecimal = { useGrouping: false, maximumSignificantDigits: 21 };

function base64(value: string | Uint8Array): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
