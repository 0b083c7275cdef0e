import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import type { SourceFile } from "../files.js";

/** A string of a file that looks like a secret. */
export interface Suspect {
  readonly file: string;
  readonly line: number;
  /** What it looks like, such as `a signed link`. */
  readonly kind: string;
  readonly value: string;
  /** Its line and the one before, which say what it is. */
  readonly context: string;
}

/** Finds what looks like a key, a token, a signed link or a string with a high entropy, each once a line. */
export async function findSuspects(source: SourceFile): Promise<Suspect[]> {
  const { path: file, text } = source;
  const lines = text.split("\n");
  const own = lines.flatMap((line, index) => suspectsIn(line).map((one) => ({ ...one, index })));
  const known = (await knownSecrets(source)).map(({ line, ...one }) => ({ ...one, index: line - 1 }));
  // The first that finds a string describes it best.
  const found = new Map([...known, ...own].reverse().map((one) => [`${one.index} ${one.value}`, one]));
  return [...found.values()].map(({ kind, value, index }) => {
    const context = lines.slice(Math.max(0, index - 1), index + 1).join("\n");
    return { file, line: index + 1, kind, value, context };
  });
}

/** Secrets of known services, such as AWS and GitHub, private keys in PEM, and URLs with a password. */
async function knownSecrets({ path: filePath, text: content }: SourceFile) {
  const { messages } = await lintSource({
    source: { content, filePath, ext: "", contentType: "text" },
    options: { config: { rules: [{ id: "recommended", rule: creator }] }, noPhysicFilePath: true },
  });
  return messages.map(({ message, loc, range: [start, end] }) => {
    const kind = message.replace(/^found /, "").replace(/:.*/s, "");
    return { kind, value: content.slice(start, end), line: loc.start.line };
  });
}

const secretName =
  "(?:private|secret|access|api)[_-]?key|secret|passw(?:or)?d|(?:security|access|auth)[_-]?token";

const url = /https?:\/\/[^\s"'<>`\\]+/g;

interface Rule {
  readonly kind: string;
  /** Part of a line that the pattern is applied to. Default: the line. */
  readonly within?: RegExp;
  readonly pattern: RegExp;
  isSecret(value: string): boolean;
}

const rules: readonly Rule[] = [
  {
    kind: "a signed link",
    within: url,
    pattern: /[?&;][\w-]*(?:signature|accesskeyid|publickey|token|sig|credential)=(?<value>[^&;]{8,})/gi,
    isSecret: (value) => /\d/.test(value) && !/[${}]/.test(value),
  },
  {
    kind: "a key or a signature in hexadecimal",
    pattern: /(?<![\w+/-])(?<value>[0-9a-f]{32,}|[0-9A-F]{32,})(?![\w+/-])/g,
    isSecret: (value) => entropyOf(value) > 3,
  },
  {
    kind: "a string with a high entropy",
    pattern: /(?<value>[A-Za-z0-9+/_-]{24,})/g,
    isSecret: (value) =>
      /[a-z]/.test(value) && /[A-Z]/.test(value) && hasDigits(value, 3) && entropyOf(value) > 4.2,
  },
  {
    kind: "the value of a secret",
    pattern: new RegExp(`(?:${secretName})["']?\\s*[:=]\\s*["']?(?<value>[\\w+/.~@-]{16,})`, "gi"),
    isSecret: (value) => /[a-z]/i.test(value) && hasDigits(value, 2) && entropyOf(value) > 3,
  },
];

function suspectsIn(line: string): { kind: string; value: string }[] {
  return rules.flatMap(({ kind, within, pattern, isSecret }) => {
    const parts = within === undefined ? [line] : (line.match(within) ?? []);
    return parts
      .flatMap((part) => [...part.matchAll(pattern)])
      .map(({ groups }) => groups?.value ?? "")
      .filter(isSecret)
      .map((value) => ({ kind, value }));
  });
}

function hasDigits(value: string, count: number): boolean {
  return value.replace(/\D/g, "").length >= count;
}

/** Entropy of the characters of a string, in bits per character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / value.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
