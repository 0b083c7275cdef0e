import {
  type ErrorContext,
  HttpError,
  InvalidResponseError,
  RetCodeError,
  type RetCodeTable,
} from "./errors.js";
import type { PlatformHeaders } from "./platform.js";
import type { Redaction } from "./secrets.js";

/** A response whose body has arrived. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: PlatformHeaders;
  readonly body: string;
}

/**
 * Parses a response of the gateway.
 *
 * A `RetCode` may be a string (`"0"`). It takes precedence over an HTTP error status, since it says more.
 *
 * @param redact applied to everything that is quoted from the response.
 * @returns the success body with a numeric `RetCode`.
 * @throws RetCodeError, HttpError, InvalidResponseError
 */
export function readResponse(
  { status, headers, body }: ReceivedResponse,
  retCodes: RetCodeTable,
  context: ErrorContext,
  redact: Redaction,
): Record<string, unknown> {
  const value = parseJson(body);
  const { RetCode, Message } = (value ?? {}) as Record<string, unknown>;
  const retCode = /^-?\d+$/.test(`${RetCode}`) ? Number(RetCode) : undefined;
  if (retCode) {
    const message = typeof Message === "string" ? Message : Message == null ? "" : JSON.stringify(Message);
    throw new RetCodeError(retCode, redact(message), retCodes[retCode], context);
  }
  if (retCode === 0 && status < 300) return { ...(value as object), RetCode: 0 };
  const missing = value === undefined ? "JSON" : "RetCode";
  const type = redact(headers.get("Content-Type") ?? "no type");
  const note = retCode === 0 ? "RetCode 0" : `no ${missing} in ${body.length} characters of ${type}`;
  throw new (status < 400 ? InvalidResponseError : HttpError)(status, note, context);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An item of a batch that failed although the call succeeded. */
export interface FailedItem {
  /** Path of the item in the response, such as `DataSet[1]`. */
  readonly path: string;
  readonly retCode: number;
  /** Name of the code in the specification; empty if the specification does not list the code. */
  readonly codeName: string;
  /** The gateway's message; empty if the item has none. */
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
    if (path && retCode && Number.isInteger(retCode)) {
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
