import type { RetCodeTable } from "./errors.js";

/** An item of a batch that failed although the call succeeded. */
export interface FailedItem {
  /** Path of the item in the response, such as `DataSet[1]`. */
  readonly path: string;
  readonly retCode: number;
  /** Name of the code in the specification; empty if the specification does not list the code. */
  readonly codeName: string;
  /** The gateway's message; empty if there is none. */
  readonly serverMessage: string;
  readonly item: object;
}

/** Finds the items of a success body that have a RetCode other than 0. */
export function failedItems(body: object, retCodes: RetCodeTable): FailedItem[] {
  const found: FailedItem[] = [];
  const visited = new Set<object>();

  function visit(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null || visited.has(value)) return;
    visited.add(value);
    const { RetCode, Message } = value as { RetCode?: unknown; Message?: unknown };
    const retCode = Number(RetCode ?? 0);
    if (path !== "" && Number.isInteger(retCode) && retCode !== 0) {
      const codeName = retCodes[retCode]?.name ?? "";
      const serverMessage = typeof Message === "string" ? Message : "";
      found.push({ path, retCode, codeName, serverMessage, item: value });
    }
    for (const [key, item] of Object.entries(value))
      visit(item, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
  }

  visit(body, "");
  return found;
}
