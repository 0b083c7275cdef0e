import type { RetCodeTable } from "./errors.js";

/** An item of a batch that failed, although the call as a whole did not. */
export interface FailedItem {
  /** Where it stands in the answer, as in `DataSet[1]`. */
  readonly path: string;
  readonly retCode: number;
  /** Name of the code in the specification; empty for one that it does not list. */
  readonly codeName: string;
  /** The gateway's own message; empty where it gave none. */
  readonly serverMessage: string;
  readonly item: object;
}

/** Finds the items of a success body that have a RetCode other than 0 of their own. */
export function failedItems(body: object, retCodes: RetCodeTable): FailedItem[] {
  const found: FailedItem[] = [];
  const open = new Set<object>();

  function visit(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null || open.has(value)) return;
    open.add(value);
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
