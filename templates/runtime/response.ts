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
  const value = parseJson(body);
  const { RetCode, Message = "" } = (value ?? {}) as Record<string, unknown>;
  const retCode = /^-?\d+$/.test(`${RetCode}`) ? Number(RetCode) : undefined;
  if (retCode) {
    const message = typeof Message === "string" ? Message : JSON.stringify(Message);
    throw new RetCodeError(retCode, hide(message), retCodes[retCode], context);
  }
  if (retCode === 0 && status < 300) return { ...(value as object), RetCode: 0 };
  const lack = value === undefined ? "JSON" : "RetCode";
  const type = hide(headers.get("Content-Type") ?? "no type");
  const note = retCode === 0 ? "RetCode 0" : `no ${lack} in ${body.length} characters of ${type}`;
  throw new (status < 400 ? InvalidResponseError : HttpError)(status, note, context);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
