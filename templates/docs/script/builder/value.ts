/** The value that the string in a control stands for; `undefined` if the control is empty. */
export function valueFrom(input: string, kind: string): unknown {
  const trimmed = input.trim();
  if (input === "") return undefined;
  if (kind === "boolean") return input === "true";
  if (kind === "integer" || kind === "number") return numberOf(trimmed) ?? trimmed;
  // Most values of this kind are JSON, but plain strings are valid too.
  return kind === "json" ? parsed(trimmed, input) : input;
}

/** The number that a string of digits stands for; `undefined` for other strings, and for those that a number may round. */
export function numberOf(digits: string): number | undefined {
  return /^-?\d{1,15}(\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** @throws SyntaxError if a string that begins as an array, an object or a string is not JSON. */
function parsed(json: string, input: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (/^[[{"]/.test(json)) throw error;
    return input;
  }
}

/** What a control shows at first for a value of the samples; placeholders such as `<BackupId>` are for the reader to fill in. */
export function inputOf(value: unknown, kind: string): string {
  if (value === undefined || value === null || isPlaceholder(value)) return "";
  return kind === "json" && typeof value !== "string" ? JSON.stringify(value, null, 2) : String(value);
}

function isPlaceholder(value: unknown): boolean {
  return typeof value === "string" && /^<.*>$/s.test(value);
}

/** Indents JSON. Returned as they are: other strings, and JSON with numbers so long that parsing would round them. */
export function indentJson(json: string): string {
  try {
    return /\d{16}/.test(json) ? json : JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
