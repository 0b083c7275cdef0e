import { RetCodeError, type RetCodeTable } from "./errors.js";
import { failedItems } from "./response.js";
import { redactionOf } from "./secrets.js";

/**
 * Throws if items of a success body have failed, for batches in which no item may fail.
 *
 * @throws AggregateError whose `errors` are a RetCodeError for each failed item, and whose message has their paths.
 */
export function throwFailedItems(body: object, retCodes: RetCodeTable): void {
  const items = failedItems(body, retCodes);
  if (items.length === 0) return;
  const action = String((body as { Action?: unknown }).Action ?? "").replace(/Response$/, "");
  // The signature is not known here, but its form is.
  const redact = (text: string) => redactionOf()(text).replace(/\b[\da-f]{40}\b/gi, "<redacted>");
  const errors = items.map(
    ({ retCode, serverMessage }) =>
      new RetCodeError(retCode, redact(serverMessage), retCodes[retCode], { action, attempts: 1 }),
  );
  const list = items.map(({ path, retCode, codeName }) => `${path} (${codeName || retCode})`);
  throw new AggregateError(errors, `${action && `${action}: `}failed items: ${list.join(", ")}.`);
}
