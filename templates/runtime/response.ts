import {
  type ErrorContext,
  HttpError,
  InvalidResponseError,
  RetCodeError,
  type RetCodeTable,
} from "./errors.js";
import type { Redaction } from "./secrets.js";
import type { Answer } from "./send.js";

/**
 * Reads the gateway's answer: the success body with a numeric `RetCode`, or a typed error.
 *
 * A `RetCode` may come as a text (`"0"`). One in a body with an HTTP error status counts, since it says more
 * than the status does.
 *
 * @param hide takes secrets out of what is quoted from the answer.
 * @throws RetCodeError, HttpError, InvalidResponseError
 */
export function readResponse(
  { status, headers, body }: Answer,
  retCodes: RetCodeTable,
  context: ErrorContext,
  hide: Redaction,
): Record<string, unknown> {
  const refuse = (note: string) =>
    status >= 400 ? new HttpError(status, note, context) : new InvalidResponseError(status, note, context);

  if (status >= 300 && status < 400) throw refuse("a redirect, which is not followed");
  const value = parseJson(body);
  const { RetCode, Message = "" } = (value ?? {}) as Record<string, unknown>;
  if (!/^-?\d+$/.test(`${RetCode}`)) {
    const lack = value === undefined ? "that is not JSON" : "without a RetCode";
    const type = hide(headers.get("Content-Type") ?? "of no type");
    throw refuse(`a body of ${body.length} characters ${lack} (${type})`);
  }
  const retCode = Number(RetCode);
  if (retCode !== 0) {
    const message = typeof Message === "string" ? Message : JSON.stringify(Message);
    throw new RetCodeError(retCode, hide(message), retCodes[retCode], context);
  }
  if (status >= 400) throw refuse("RetCode 0, which contradicts the status");
  return { ...(value as object), RetCode: 0 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
