/** Type of the integers beyond 2^53, which a number would round. */
export type LargeIntegers = "bigint" | "string";

type Tree = Record<string, unknown>;

/**
 * Parses JSON without rounding integers.
 *
 * @param integers type of those beyond 2^53. One of 1,000 digits is a string, since a bigint would take long to create.
 * @throws SyntaxError
 */
export function parseExactly(json: string, integers?: LargeIntegers): unknown {
  const value: unknown = JSON.parse(json);
  const quoted = quoteLargeIntegers(json);
  if (quoted === json) return value;
  const root = [value];
  // Not recursive, since a body can be nested deeper than the stack.
  const pairs: [unknown, unknown][] = [[root, [JSON.parse(quoted)]]];
  for (const [rounded, exact] of pairs as [Tree, Tree][]) {
    for (const [key, item] of Object.entries(exact)) {
      const isQuoted = typeof item === "string" && typeof rounded[key] === "number";
      if (isQuoted) rounded[key] = integers === "string" || item.length > 999 ? item : BigInt(item);
      else if (item instanceof Object) pairs.push([rounded[key], item]);
    }
  }
  return root[0];
}

/** JSON with quotes around each integer beyond 2^53, so that any parser keeps its digits. */
export function quoteLargeIntegers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  let isInString = false;
  return json.replace(/\\.|"|-?\d[-+.\deE]{15,}/g, (token) => {
    if (token === '"') isInString = !isInString;
    // 9007199254740993.0 is an integer too.
    const [integer] = token.split(/\.0+$/);
    const isLarge = !isInString && /^-?\d+$/.test(integer as string) && !Number.isSafeInteger(+token);
    return isLarge ? `"${integer}"` : token;
  });
}

/** JSON of a value, in which bigints are strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${item}` : item));
}
