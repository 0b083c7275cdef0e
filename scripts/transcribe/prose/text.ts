/** Type of a field that prose can say something about; `other` for all that is no scalar. */
export type ScalarKind = "string" | "integer" | "number" | "boolean" | "other";

/** A value as prose writes it: a word of a machine's language, not of a person's. */
export const token = "[A-Za-z0-9][A-Za-z0-9_./+-]*[A-Za-z0-9_+]|[A-Za-z0-9]";

/** A cell as plain lines: breaks, links, code marks and invisible characters resolved; quotes made equal. */
export function plainText(description: string): string {
  return description
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .replace(/[`\u200B-\u200D\uFEFF]/g, "")
    .replace(/[“”„‟«»＂]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\\([\\~*_[\]<>#|-])/g, "$1")
    .replace(/[ \t\u00A0\u3000]+/g, " ")
    .trim();
}

/** The sentence of a text in which a position lies. */
export function sentenceBefore(text: string, index: number): string {
  const start = Math.max(...["。", "；", ";", "\n", ". "].map((end) => text.lastIndexOf(end, index - 1)));
  return text.slice(start + 1, index);
}

/** Whether what follows holds only under a condition. */
export function isConditional(sentence: string): boolean {
  return /当(?!前)|时[，, ]|[为是=]\s*["']?[\w./-]+["']?\s*时|若|如果|(?:^|[^A-Za-z])(?:if|when|for|unless)(?:[^A-Za-z]|$)/i.test(
    sentence,
  );
}

/** A value of a type from the word that stands for it, `undefined` where the word is no such value. */
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
