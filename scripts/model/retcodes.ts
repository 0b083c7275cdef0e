import type { AddDiagnostic } from "../openapi/checks.js";
import type { Path } from "../openapi/pointer.js";
import type { RetCode } from "./api-model.js";
import { isIdentifier } from "./names.js";

/** The RetCodes of an action and those that the gateway returns for any action; the action's own take precedence. */
export function withGatewayCodes(own: readonly RetCode[], gateway: readonly RetCode[]): RetCode[] {
  const others = gateway.filter(({ code }) => !own.some((one) => one.code === code));
  return [...own, ...others].sort((a, b) => a.code - b.code);
}

/**
 * Reads the RetCode tables of an action into one, ascending.
 *
 * @param addDiagnostic receives the problems of the tables, whose entries are omitted.
 */
export function readRetCodes(tables: unknown, path: Path, addDiagnostic: AddDiagnostic): RetCode[] {
  const codes: RetCode[] = [];
  for (const [index, table] of (Array.isArray(tables) ? tables : []).entries()) {
    if (checkRetCodes(table, [...path, index], addDiagnostic))
      codes.push(
        ...table.map((entry) => ({ ...entry, causes: entry.causes ?? [], actions: entry.actions ?? [] })),
      );
  }
  const sorted = codes.sort((a, b) => a.code - b.code);
  for (const [index, { code }] of sorted.entries()) {
    if (code === sorted[index - 1]?.code) {
      addDiagnostic("retcode-twice", path, `RetCode ${code} is listed twice`, "Remove one.");
    }
  }
  return sorted;
}

/** An entry of a table as it is written. */
type RetCodeEntry = Omit<RetCode, "causes" | "actions"> & Partial<Pick<RetCode, "causes" | "actions">>;

const retries: readonly RetCode["retry"][] = ["always", "throttle", "credentials", "idempotent", "never"];
const isSentence = (value: unknown) => typeof value === "string" && value !== "";
const isName = (value: unknown) => typeof value === "string" && isIdentifier(value);
const isOptionalList = (value: unknown, isItem: (item: unknown) => boolean) =>
  value === undefined || (Array.isArray(value) && value.every(isItem));

/** Keys of an entry and their valid values. */
const keys: Readonly<Record<keyof RetCode, { isValid: (value: unknown) => boolean; expected: string }>> = {
  code: {
    isValid: (value) => Number.isSafeInteger(value) && (value as number) > 0,
    expected: "an integer above 0",
  },
  name: { isValid: isName, expected: "an identifier" },
  meaning: { isValid: isSentence, expected: "a sentence" },
  remedy: { isValid: isSentence, expected: "a sentence" },
  retry: {
    isValid: (value) => retries.includes(value as RetCode["retry"]),
    expected: "always, throttle, credentials, idempotent or never",
  },
  causes: {
    isValid: (value) => isOptionalList(value, isSentence),
    expected: "a list of sentences, the most likely cause first",
  },
  actions: { isValid: (value) => isOptionalList(value, isName), expected: "a list of names of actions" },
};

/** Checks one RetCode table. @returns whether it is valid. */
export function checkRetCodes(
  table: unknown,
  path: Path,
  addDiagnostic: AddDiagnostic,
): table is RetCodeEntry[] {
  if (!Array.isArray(table)) {
    addDiagnostic(
      "retcode-form",
      path,
      "is not a list of RetCodes",
      "Write a list of code, name, meaning, remedy and retry.",
    );
    return false;
  }
  let areValid = true;
  for (const [index, entry] of table.entries()) {
    for (const [key, { isValid, expected }] of Object.entries(keys)) {
      const value = (entry as Record<string, unknown> | null)?.[key];
      if (isValid(value)) continue;
      areValid = false;
      const seen = value === undefined ? "missing" : JSON.stringify(value);
      const message = `${key} of entry ${index + 1} in the RetCode table is ${seen}`;
      addDiagnostic("retcode-form", [...path, index, key], message, `Use ${expected}.`);
    }
  }
  return areValid;
}
