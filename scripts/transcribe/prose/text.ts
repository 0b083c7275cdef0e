/** Type of a field whose prose can contain facts; `other` for anything but scalars. */
export type ScalarKind = "string" | "integer" | "number" | "boolean" | "other";

/** Pattern of a value in prose: an identifier or a number, not a word of natural language. */
export const token = "[A-Za-z0-9][A-Za-z0-9_./+-]*[A-Za-z0-9_+]|[A-Za-z0-9]";

/** Plain text of a cell, without links, code marks and invisible characters, and with straight quotes. */
export function plainText(description: string): string {
  return (
    description
      .replace(/<br\s*\/?>/gi, "\n")
      .replace(/\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)/g, "$1")
      .replace(/[`\u200B-\u200D\uFEFF]/g, "")
      .replace(/[“”„‟«»＂]/g, '"')
      .replace(/[‘’]/g, "'")
      .replace(/\\([\\~*_[\]<>#|-])/g, "$1")
      // Patterns with `\s*` take quadratic time for long runs.
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n(?: ?\n)*/g, "\n")
      .trim()
  );
}

/** The sentence that contains a position, up to the position. */
export function sentenceBefore(text: string, index: number): string {
  const start = Math.max(...["。", "；", ";", "\n", ". "].map((end) => text.lastIndexOf(end, index - 1)));
  return text.slice(start + 1, index);
}

/** Whether the text after a sentence applies only under a condition. */
export function isConditional(sentence: string): boolean {
  return /当(?!前)|时[，, ]|[为是=]\s*["']?[\w./-]+["']?\s*时|若|如果|(?:^|[^A-Za-z])(?:if|when|for|unless)(?:[^A-Za-z]|$)/i.test(
    sentence,
  );
}

/** Parses a word as a value of a type; `undefined` if it is not one. */
export function readValue(word: string, kind: ScalarKind): string | number | boolean | undefined {
  switch (kind) {
    case "integer":
      return /^-?\d+$/.test(word) && Number.isSafeInteger(Number(word)) ? Number(word) : undefined;
    case "number":
      return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : undefined;
    case "boolean":
      return /^(true|false)$/i.test(word) ? word.toLowerCase() === "true" : undefined;
    case "string":
      return word;
    default:
      return undefined;
  }
}
