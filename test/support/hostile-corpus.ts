import { readFileSync } from "node:fs";

/** Strings that are long, or nest deeply, so that a reader takes long or overflows its stack. */
const long = [
  "x".repeat(100_000),
  "word ".repeat(20_000),
  "line\n".repeat(10_000),
  "[".repeat(10_000),
  "(".repeat(10_000),
  "{".repeat(10_000),
  "<b>".repeat(10_000),
  "> ".repeat(10_000),
  "- ".repeat(10_000),
  "`".repeat(10_000),
  "``` ".repeat(10_000),
  "*a_[".repeat(10_000),
  "![](".repeat(10_000),
  "\\".repeat(10_001),
  "@".repeat(10_000),
  "*/".repeat(10_000),
  "'".repeat(10_000),
  "&#".repeat(10_000),
  "\u0300".repeat(10_000),
  "aB".repeat(10_000),
  " ".repeat(100_000),
  `${" ".repeat(100_000)}x`,
  `"${"a,".repeat(20_000)}`,
];

/** Strings that attack one target each, by target. Each is listed once. */
const short: Record<string, string[]> = JSON.parse(readFileSync("test/data/hostile.json", "utf8"));

/** Strings that attack one target each: code, comments, markup, terminals, shells and so on. */
export const hostileStrings: readonly string[] = [...Object.values(short).flat(), ...long];

/** Strings in parts of a size. Default: the corpus. */
export function batchesOf(size: number, strings = hostileStrings): (readonly string[])[] {
  const count = Math.ceil(strings.length / size);
  return Array.from({ length: count }, (_, index) => strings.slice(index * size, (index + 1) * size));
}
