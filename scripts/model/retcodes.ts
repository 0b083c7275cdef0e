import type { AddDiagnostic } from "../openapi/checks.js";
import type { Path } from "../openapi/pointer.js";
import type { RetCode } from "./api-model.js";
import { isIdentifier } from "./names.js";

/** Adds to an action's own RetCodes those that any action can answer; what the action says itself of a code counts. */
export function withGatewayCodes(own: readonly RetCode[], gateway: readonly RetCode[]): RetCode[] {
  const others = gateway.filter(({ code }) => !own.some((one) => one.code === code));
  return [...own, ...others].sort((a, b) => a.code - b.code);
}

/** Reads the tables of RetCodes that an action can answer into one, ascending. */
export function readRetCodes(tables: unknown, path: Path, addDiagnostic: AddDiagnostic): RetCode[] {
  const codes: RetCode[] = [];
  for (const [index, table] of (Array.isArray(tables) ? tables : []).entries()) {
    if (checkRetCodes(table, [...path, index], addDiagnostic)) codes.push(...table);
  }
  const sorted = codes.sort((a, b) => a.code - b.code);
  for (const [index, { code }] of sorted.entries()) {
    if (code === sorted[index - 1]?.code) {
      addDiagnostic("retcode-twice", path, `RetCode ${code} stands twice`, "Remove one.");
    }
  }
  return sorted;
}

const retries: readonly RetCode["retry"][] = ["always", "throttle", "credentials", "idempotent", "never"];
const isText = (value: unknown) => typeof value === "string" && value !== "";

/** What each key of an entry has to be. */
const keys: Readonly<Record<keyof RetCode, { isValid: (value: unknown) => boolean; want: string }>> = {
  code: {
    isValid: (value) => Number.isSafeInteger(value) && (value as number) > 0,
    want: "a whole number above 0",
  },
  name: { isValid: (value) => typeof value === "string" && isIdentifier(value), want: "an identifier" },
  meaning: { isValid: isText, want: "a sentence" },
  remedy: { isValid: isText, want: "a sentence" },
  retry: {
    isValid: (value) => retries.includes(value as RetCode["retry"]),
    want: "always, throttle, credentials, idempotent or never",
  },
};

/** Checks one table of RetCodes, wherever it is written. @returns whether it is sound. */
export function checkRetCodes(table: unknown, path: Path, addDiagnostic: AddDiagnostic): table is RetCode[] {
  if (!Array.isArray(table)) {
    addDiagnostic(
      "retcode-form",
      path,
      "is no list of RetCodes",
      "Write a list of code, name, meaning, remedy and retry.",
    );
    return false;
  }
  let isSound = true;
  for (const [index, entry] of table.entries()) {
    for (const [key, { isValid, want }] of Object.entries(keys)) {
      const value = (entry as Record<string, unknown> | null)?.[key];
      if (isValid(value)) continue;
      isSound = false;
      const seen = value === undefined ? "missing" : JSON.stringify(value);
      const message = `${key} of entry ${index + 1} in the RetCode table is ${seen}`;
      addDiagnostic("retcode-form", [...path, index, key], message, `It has to be ${want}.`);
    }
  }
  return isSound;
}
