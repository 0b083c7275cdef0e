/** Strings to look for in others, in time that does not grow with their number. */
export interface StringIndex {
  readonly size: number;
  add(value: string): void;
  /**
   * The longest of the strings that is in a text at an offset; `""` if none is.
   *
   * @param accepts whether one that ends at an offset counts.
   */
  longestAt(text: string, offset: number, accepts?: (end: number) => boolean): string;
}

/** @param minLength length of the shortest string that is looked for. */
export function stringIndex(minLength: number, values: Iterable<string> = []): StringIndex {
  const known = new Set<string>();
  /** Lengths of the strings by their beginning, the longest first. */
  const lengths = new Map<string, number[]>();
  const index: StringIndex = {
    get size() {
      return known.size;
    },
    add(value) {
      known.add(value);
      const beginning = value.slice(0, minLength);
      const own = lengths.get(beginning) ?? [];
      if (value.length < minLength || own.includes(value.length)) return;
      lengths.set(
        beginning,
        [...own, value.length].sort((a, b) => b - a),
      );
    },
    longestAt(text, offset, accepts = () => true) {
      const own = lengths.get(text.slice(offset, offset + minLength)) ?? [];
      const length = own.find((one) => {
        const end = offset + one;
        return end <= text.length && known.has(text.slice(offset, end)) && accepts(end);
      });
      return text.slice(offset, offset + (length ?? 0));
    },
  };
  for (const value of values) index.add(value);
  return index;
}
