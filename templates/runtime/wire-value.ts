/** What is wrong with a value for a field of a kind; `""` where it can be sent. The value itself is never quoted. */
export function problemOf(value: unknown, kind: string): string {
  const type = Array.isArray(value) ? "array" : typeof value;
  if (
    type === "function" ||
    type === "symbol" ||
    Number.isNaN(value) ||
    Math.abs(Number(type === "number" && value)) === Infinity
  )
    return `is ${type === "number" ? value : `a ${type}`}, which cannot be sent`;
  if (type === "string" && loneSurrogate.test(value as string))
    return "holds half a surrogate pair, which is no text";
  if (
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    Math.abs(value as number) < smallestMagnitude
  )
    return "is an integer beyond 2^53 and has lost digits; pass it as a string or a bigint";
  return fits(value, type, kind) ? "" : `has to be of type ${kind}, and is of type ${type}`;
}

/** Numbers that JavaScript cannot hold may be given as text or as a bigint, and base64 fields as bytes. */
function fits(value: unknown, type: string, kind: string): boolean {
  if (kind === "" || kind === "json" || kind === type) return true;
  if (kind === "enum") return type === "string" || type === "number";
  if (kind === "base64") return type === "string" || value instanceof Uint8Array;
  if (kind !== "integer" && kind !== "number") return false;
  return (
    Number.isInteger(value) || type === "bigint" || (type === "string" && /^-?\d+$/.test(value as string))
  );
}

/** Writes a value that {@link problemOf} finds nothing wrong with. */
export function wireText(value: unknown, kind: string): string {
  if (kind === "base64") return base64(value as string | Uint8Array);
  return typeof value === "number" ? plainDecimal(value) : String(value);
}

export const loneSurrogate = /\p{Surrogate}/u;
// Above this, JavaScript itself writes an exponent, and no 64-bit identifier reaches so far: it is a magnitude.
const smallestMagnitude = 1e21;

function base64(value: string | Uint8Array): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** The shortest decimal that reads back as the same number, without an exponent: the gateway knows none. */
function plainDecimal(value: number): string {
  const text = String(value);
  const [, sign = "", lead = "", fraction = "", exponent = ""] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (lead === "") return text;
  const digits = lead + fraction;
  const point = 1 + Number(exponent);
  return point > 0 ? `${sign}${digits.padEnd(point, "0")}` : `${sign}0.${"0".repeat(-point)}${digits}`;
}
