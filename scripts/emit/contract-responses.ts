import { agrees } from "../model/agreement.js";
import type { Action, Brand, RetCode, Type } from "../model/api-model.js";
import { fullResponse, newerResponse, requiredResponse } from "./contract-values.js";

/** A response, and what a client must read from it: either a value or an error. */
export interface ResponseCase {
  readonly id: string;
  readonly documentation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly value?: object;
  /** Properties of the client's error, whose name is the `kind`. */
  readonly error?: object;
}

type Code = Pick<RetCode, "code" | "name" | "retry">;

const json = { "content-type": "application/json" };

/** Responses of an action, with the RetCodes that are specific to it. */
export function responseCases(action: Action): ResponseCase[] {
  const { name, models, responseModel, responseExample: example, retrySafe, retCodes } = action;
  const type: Type = { kind: "object", model: responseModel, nullable: false };
  const documented = example !== undefined && agrees(example, type, models) ? [example as object] : [];
  // The one that shows whether the action is retry-safe.
  const outage = retCodes.find(({ retry }) => retry === "idempotent");
  const shown = retCodes.filter((one) => one === outage || one.actions.includes(name));
  return [
    ...documented.map((value) => success("documented", "The documented response.", value)),
    success("all-fields", "Every field.", fullResponse(action)),
    success("required-fields", "The required fields only.", requiredResponse(action)),
    success("newer", "A field and values that the document does not list.", newerResponse(action)),
    ...shown.map((retCode) => retCodeResponse(name, retrySafe, retCode)),
    {
      id: "status-502",
      documentation: "The page of a proxy.",
      status: 502,
      headers: { "content-type": "text/html" },
      body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
      error: { kind: "HttpError", retryable: retrySafe, status: 502 },
    },
  ];
}

/** Responses that the gateway can return for any action: its RetCodes, and the forms that a RetCode can have. */
export function gatewayResponses({ retCodes, requestIdHeader }: Brand, action: string): ResponseCase[] {
  const unknown: Code = { code: 2_147_483_647, name: "", retry: "never" };
  const first = retCodes[0] ?? unknown;
  const base = retCodeResponse(action, true, first);
  const requestId = "00000000-0000-4000-8000-000000000000";
  return [
    ...retCodes.map((retCode) => retCodeResponse(action, true, retCode)),
    {
      ...retCodeResponse(action, true, unknown),
      id: "unknown-retcode",
      documentation: "A RetCode that is not documented.",
    },
    {
      ...base,
      id: "retcode-as-string",
      documentation: "RetCode as a string.",
      body: JSON.stringify({ RetCode: `${first.code}`, Message: messageOf(first) }),
    },
    {
      ...base,
      id: "no-message",
      documentation: "RetCode without a message.",
      body: JSON.stringify({ RetCode: first.code }),
      error: { ...base.error, serverMessage: "" },
    },
    {
      ...base,
      id: "request-id",
      documentation: "The error has the identifier of the request.",
      headers: { ...json, [requestIdHeader.toLowerCase()]: requestId },
      error: { ...base.error, requestId },
    },
    {
      ...base,
      id: "status-500",
      documentation: "RetCode takes precedence over the HTTP status.",
      status: 500,
    },
  ];
}

/** A response with a RetCode other than 0. */
export function retCodeResponse(action: string, retrySafe: boolean, retCode: Code): ResponseCase {
  const { code, name, retry } = retCode;
  const serverMessage = messageOf(retCode);
  const retryable = retry === "always" || retry === "throttle" || (retry === "idempotent" && retrySafe);
  return {
    id: `retcode-${code}`,
    documentation: `RetCode ${code}, ${name}.`,
    status: 200,
    headers: json,
    body: JSON.stringify({ RetCode: code, Action: `${action}Response`, Message: serverMessage }),
    error: { kind: "RetCodeError", retryable, retCode: code, codeName: name, serverMessage },
  };
}

function messageOf({ code }: Code): string {
  return `The message of RetCode ${code}.`;
}

function success(id: string, documentation: string, value: object): ResponseCase {
  return { id, documentation, status: 200, headers: json, body: JSON.stringify(value), value };
}
