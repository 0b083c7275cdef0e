import type { RetCode } from "./api-model.js";
import type { AddFault } from "./checks.js";
import { isIdentifier } from "./names.js";
import type { Path } from "./pointer.js";

/** Reads the tables of RetCodes that an action can answer into one, ascending. */
export function readRetCodes(tables: unknown, path: Path, addFault: AddFault): RetCode[] {
  const codes: RetCode[] = [];
  for (const [tableIndex, table] of (Array.isArray(tables) ? tables : []).entries()) {
    for (const [index, entry] of (Array.isArray(table) ? table : [table]).entries()) {
      if (isRetCode(entry)) {
        codes.push(entry);
        continue;
      }
      const seen = JSON.stringify(entry).slice(0, 100);
      addFault(
        "retcode-form",
        [...path, tableIndex],
        `entry ${index + 1} of the RetCode table is ${seen}`,
        "Give code (a whole number above 0), name (an identifier), meaning, remedy and retry (always, idempotent or never).",
      );
    }
  }
  const sorted = codes.sort((a, b) => a.code - b.code);
  for (const [index, { code }] of sorted.entries()) {
    if (code === sorted[index - 1]?.code)
      addFault("retcode-twice", path, `RetCode ${code} stands twice`, "Remove one.");
  }
  return sorted;
}

function isRetCode(value: unknown): value is RetCode {
  const { code, name, meaning, remedy, retry } = (value ?? {}) as Record<string, unknown>;
  return (
    Number.isSafeInteger(code) &&
    (code as number) > 0 &&
    typeof name === "string" &&
    isIdentifier(name) &&
    typeof meaning === "string" &&
    typeof remedy === "string" &&
    ["always", "idempotent", "never"].includes(retry as string)
  );
}
