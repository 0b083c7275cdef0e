/** Strings to look for in others, in time that does not grow with their number. */
export interface StringIndex {
  add(value: string): void;
  /**
   * Finds the longest of the strings that is in a text at an offset.
   *
   * @param accepts whether one that ends at an offset counts.
   * @returns where it ends; the end of the text if this has the beginning of a long string, and then something else; the offset
   *   if none is there.
   */
  longestAt(text: string, offset: number, accepts?: (end: number) => boolean): number;
}

/** Length of the beginning by which longer strings are found. */
const maxLength = 64;

/** The number of long strings with the same beginning that are told apart. */
const maxLong = 16;

/** @param minLength length of the shortest string that is looked for. */
export function stringIndex(minLength: number, values: Iterable<string> = []): StringIndex {
  /** The strings, or the beginnings of long ones. */
  const known = new Set<string>();
  /** Lengths of these by their own beginnings, the longest first. */
  const lengths = new Map<string, number[]>();
  const long = new Map<string, string[]>();
  const index: StringIndex = {
    add(value) {
      const key = value.slice(0, maxLength);
      known.add(key);
      const same = long.get(key) ?? [];
      if (key.length === maxLength && same.length < maxLong && !same.includes(value))
        long.set(key, [...same, value]);
      const beginning = key.slice(0, minLength);
      const own = lengths.get(beginning) ?? [];
      if (key.length < minLength || own.includes(key.length)) return;
      lengths.set(
        beginning,
        [...own, key.length].sort((a, b) => b - a),
      );
    },
    longestAt(text, offset, accepts = () => true) {
      for (const length of lengths.get(text.slice(offset, offset + minLength)) ?? []) {
        const key = text.slice(offset, offset + length);
        if (key.length < length || !known.has(key)) continue;
        const end = length < maxLength ? offset + length : endOf(long.get(key) ?? [], text, offset);
        if (accepts(end)) return end;
      }
      return offset;
    },
  };
  for (const value of values) index.add(value);
  return index;
}

/** Where the long string ends that a text has at an offset. Everything that was compared is before it, so that time is linear. */
function endOf(values: readonly string[], text: string, offset: number): number {
  const ends = values.map((value) => {
    let length = maxLength;
    while (length < value.length && value.charCodeAt(length) === text.charCodeAt(offset + length))
      length += 1;
    return length;
  });
  const longest = Math.max(...ends);
  return values.some(({ length }) => length === longest) ? offset + longest : text.length;
}
