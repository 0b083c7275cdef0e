import {
  type ErrorContext,
  HttpError,
  InvalidResponseError,
  RetCodeError,
  type RetCodeTable,
} from "./errors.js";
import { redact } from "./secrets.js";

/** An answer whose body has arrived. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Reads the gateway's answer: the success body with a numeric `RetCode`, or a typed error.
 *
 * A `RetCode` may come as a text (`"0"`). One in a body with an HTTP error status counts, since it says more
 * than the status does.
 *
 * @param secrets what must not be quoted from the answer; asked for only where something is quoted.
 * @throws RetCodeError, HttpError, InvalidResponseError
 */
export function readResponse(
  { status, headers, body }: Answer,
  retCodes: RetCodeTable,
  context: ErrorContext,
  secrets: () => readonly string[],
): Record<string, unknown> {
  const refuse = (bodyNote: string) =>
    status >= 400
      ? new HttpError(status, bodyNote, context)
      : new InvalidResponseError(status, bodyNote, context);

  if (status >= 300 && status < 400) throw refuse("a redirect, which a signed request does not follow");
  if (body === "") throw refuse("an empty body");
  const value = parseJson(body);
  if (value === undefined) {
    const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get("Content-Type") ?? "")?.[0] ?? "no content type";
    throw refuse(`a body of ${body.length} characters that is not JSON (${type})`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw refuse("JSON that is no object");

  const answer = value as Record<string, unknown>;
  const retCode = readRetCode(answer.RetCode);
  if (retCode === undefined) {
    throw refuse(answer.RetCode === undefined ? "an object without RetCode" : "a RetCode that is no integer");
  }
  if (retCode !== 0) {
    const { Message = "" } = answer;
    const message = redact(typeof Message === "string" ? Message : JSON.stringify(Message), secrets());
    throw new RetCodeError(retCode, message, retCodes[retCode], context);
  }
  if (status >= 400) throw refuse("RetCode 0, which contradicts the status");
  return { ...answer, RetCode: 0 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRetCode(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}
