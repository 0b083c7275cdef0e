/** Characters that open quotes or brackets, each with the one that closes them. Some people write ” on both sides. */
const pairs = new Map(
  [
    ...[
      '""',
      "''",
      "``",
      "“”",
      "””",
      "‘’",
      "’’",
      "«»",
      "‹›",
      "＂＂",
      "＇＇",
      "„“",
      "‚‘",
      "〝〞",
      "「」",
      "『』",
      "｢｣",
    ],
    ...[
      "()",
      "[]",
      "{}",
      "<>",
      "（）",
      "［］",
      "｛｝",
      "＜＞",
      "⟨⟩",
      "【】",
      "〔〕",
      "〖〗",
      "〘〙",
      "〚〛",
      "《》",
      "〈〉",
    ],
  ].map(([open = "", close = ""]) => [open, close] as const),
);

/**
 * Whether each character of a message stands in quotes or brackets. What nothing closes reaches to the end, since a value that
 * is taken for prose would be published.
 */
export function quotedParts(message: string): boolean[] {
  /** The characters that close what is open, the innermost last. */
  const open: string[] = [];
  return Array.from({ length: message.length }, (_, at) => {
    const char = message.charAt(at);
    const close = pairs.get(char);
    if (isApostrophe(message, at, open.at(-1))) return open.length > 0;
    if (char === open.at(-1) && !(close !== undefined && isOpening(message, at))) open.pop();
    else if (close !== undefined && !isComparison(message, at)) open.push(close);
    return open.length > 0;
  });
}

/** Whether a quotation mark is an apostrophe, as in `can't`, `Tom's` and `users'`. */
function isApostrophe(message: string, at: number, closing: string | undefined): boolean {
  const char = message.charAt(at);
  if (!/['’]/.test(char) || !/[\p{Lu}\p{Ll}\d]/u.test(message.charAt(at - 1))) return false;
  const after = message.slice(at + 1, at + 4);
  if (char === closing) {
    const next = message.indexOf(char, at + 1);
    const isPlural =
      message.charAt(at - 1) === "s" && /^\S['’](?![\p{L}\p{N}])/u.test(message.slice(next - 1, next + 2));
    return isPlural || /^[\p{Lu}\p{Ll}\d]/u.test(after);
  }
  return /^(?:$|[\s.,;:!?)])/.test(after) || /^(?:s|t|d|m|re|ve|ll)(?![\p{L}\p{N}])/u.test(after);
}

/** Whether a mark that is the same on both sides can only be the first one. */
function isOpening(message: string, at: number): boolean {
  return /\s/.test(message.charAt(at - 1)) && /\S/.test(message.charAt(at + 1));
}

function isComparison(message: string, at: number): boolean {
  return /^<(?:$|[\s=])/.test(message.slice(at, at + 2));
}
