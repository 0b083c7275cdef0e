/**
 * What is wrong with a value for a field of a kind, `""` for any; `""` where it can be sent. The value itself is never
 * quoted.
 */
export function problemOf(value: unknown, kind: string): string {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value))
    return "holds half a surrogate pair, which is no text";
  // Beyond 1e21 it is no identifier but a magnitude, which may be rounded.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21)
    return "has lost digits: give what is beyond 2^53 as a string or a bigint";
  const kinds = kindsOf(value);
  const fits = kind === "" || kind === "json" ? kinds !== "" : kinds.split(" ").includes(kind);
  if (fits || (kind === "base64" && value instanceof Uint8Array)) return "";
  const isNumber = typeof value === "number" && kinds === "";
  return `(${isNumber ? value : value?.constructor.name}) cannot be sent${kind && ` as ${kind}`}`;
}

/** The kinds of field that take a value: none where it has no form on the wire. */
function kindsOf(value: unknown): string {
  const type = typeof value;
  // Numbers that JavaScript cannot hold may be given as text or as a bigint.
  if (type === "string")
    return `string enum base64${/^-?\d+$/.test(value as string) ? " integer number" : ""}`;
  if (type === "bigint") return "integer number";
  if (type === "boolean") return type;
  if (type === "number")
    return Number.isInteger(value) ? "integer number enum" : Number.isFinite(value) ? "number enum" : "";
  if (Array.isArray(value)) return "array";
  if (type !== "object") return "";
  // An object of another realm has a prototype of its own, but that has none.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null ? "object" : "";
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
