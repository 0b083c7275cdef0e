import type { RetCodeName } from "./retcode-names.js";

const kindOf = Symbol.for("actiongen.error.kind");

/** State of a call at the time of its failure. */
export interface ErrorContext {
  /** Name of the action; empty if the error does not belong to a call. */
  readonly action?: string;
  /** Identifier that the gateway assigned to the request. */
  readonly requestId?: string | undefined;
  /** Number of requests sent, the failed one included. */
  readonly attempts?: number;
  /** Whether the action can be called again although an earlier call may have taken effect. */
  readonly retrySafe?: boolean;
  /** Whether a request was sent that may have taken effect. */
  readonly mayHaveEffect?: boolean;
  /** Delay that the server asks for, in milliseconds; `undefined` if it does not. */
  readonly retryAfter?: number | undefined;
  /** URL of the errors page of the reference; `undefined` if it is not published. */
  readonly errorsUrl?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Base class of all errors that a client throws.
 *
 * No message contains a key, a signature or the URL of a request, since anyone who reads a signed request can send it again.
 * No message contains the value of a parameter either, unless the gateway's own message, which is quoted, does.
 */
export abstract class ActionError extends Error {
  protected static readonly kind: string = "ActionError";
  /** Name of the action; empty if the error does not belong to a call. */
  declare readonly action: string;
  /** Identifier that the gateway assigned to the request; the vendor's support asks for it. */
  declare readonly requestId: string | undefined;
  /** Number of requests sent, the failed one included. */
  declare readonly attempts: number;
  /** Whether calling the action again may help and cannot do harm. */
  declare readonly retryable: boolean;

  /** @param details the fields of the subclass, and `retryable`. */
  constructor(message: string, context: ErrorContext = {}, details: Readonly<Record<string, unknown>> = {}) {
    const { action = "", attempts = 0, requestId } = context;
    const id = requestId === undefined ? "" : ` Request id: ${requestId}.`;
    // Last and without a period, so that terminals and chat programs recognize the link.
    const see = details.docsUrl ? ` See ${details.docsUrl}` : "";
    super(`${action && `${action}: `}${message}${id}${see}`, context);
    Object.assign(this, { action, requestId, attempts }, details, { retryable: !!details.retryable });
    const kind = { value: new.target.kind, configurable: true };
    Object.defineProperties(this, { name: kind, [kindOf]: kind });
  }

  /** True for instances from another copy of this package too, since programs often contain two. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // Classes derived outside of this module have no kind of their own.
    if (!Object.hasOwn(this, "kind")) return super[Symbol.hasInstance](value);
    const kind = (value as { [kindOf]?: string } | null | undefined)?.[kindOf];
    return kind === this.kind || (kind !== undefined && this.kind === "ActionError");
  }

  /** Everything that is safe to log: name, message and fields, without the cause. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), name: this.name, message: this.message };
  }
}

/** The gateway responded with a RetCode other than 0. */
export class RetCodeError extends ActionError {
  protected static override readonly kind = "RetCodeError";
  declare readonly name: "RetCodeError";
  declare readonly retCode: number;
  /** Name of the code in the specification; empty if the specification does not list the code. */
  declare readonly codeName: RetCodeName;
  /** Meaning of the code, as a sentence; empty if the specification does not list the code. */
  declare readonly meaning: string;
  /** The gateway's message, with secrets redacted. */
  declare readonly serverMessage: string;
  /** Delay that the gateway asks for, in milliseconds; `undefined` if it does not. */
  declare readonly retryAfter: number | undefined;
  /** URL of the code's section in the reference; `undefined` if there is none. */
  declare readonly docsUrl: string | undefined;

  constructor(
    retCode: number,
    serverMessage: string,
    { name = "", meaning = "", remedy, retry }: Partial<RetCodeInfo> = {},
    context: ErrorContext = {},
  ) {
    const label = name && ` (${name})`;
    const excerpt = serverMessage.slice(0, 500).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
    const quote = excerpt && `: "${excerpt}"`;
    const { retrySafe, retryAfter, errorsUrl } = context;
    super(`RetCode ${retCode}${label}${quote}.${meaning && ` ${meaning} ${remedy}`}`, context, {
      retryable: retry === "idempotent" ? retrySafe : retry === "always" || retry === "throttle",
      retCode,
      codeName: name,
      meaning,
      serverMessage,
      retryAfter,
      docsUrl: errorsUrl && name ? `${errorsUrl}#${retCode}` : undefined,
    });
  }
}

/** The response has an HTTP error status and no RetCode. */
export class HttpError extends ActionError {
  protected static override readonly kind = "HttpError";
  declare readonly name: "HttpError";
  declare readonly status: number;
  /** Delay that the server asks for, in milliseconds; `undefined` if it does not. */
  declare readonly retryAfter: number | undefined;

  constructor(status: number, bodyNote: string, context: ErrorContext) {
    const { retrySafe, retryAfter } = context;
    const retryable = status === 429 || (status >= 500 && retrySafe);
    const fix = status === 414 || status === 431 ? ' With `method: "POST"` the URL is short.' : "";
    super(`HTTP ${status} with ${bodyNote}.${fix}`, context, { retryable, status, retryAfter });
  }
}

/** The response is not valid: not JSON, without a RetCode, or not as specified. */
export class InvalidResponseError extends ActionError {
  protected static override readonly kind = "InvalidResponseError";
  declare readonly name: "InvalidResponseError";
  declare readonly status: number;
  /** Differences from the specification; empty unless the client validates responses. */
  declare readonly violations: readonly Violation[];

  constructor(
    status: number,
    bodyNote: string,
    context: ErrorContext,
    violations: readonly Violation[] = [],
  ) {
    const retryable = violations.length === 0 && context.retrySafe;
    super(`HTTP ${status} with ${bodyNote}.`, context, { retryable, status, violations });
  }
}

/** No complete response arrived: name resolution, connection or TLS failed, or the body was cut off. */
export class NetworkError extends ActionError {
  protected static override readonly kind = "NetworkError";
  declare readonly name: "NetworkError";
  /** Error code of the operating system, such as `ECONNRESET`; empty if the platform reports none. */
  declare readonly code: string;

  /** Host and port of the gateway. */
  declare readonly host: string;

  constructor(code: string, host: string, context: ErrorContext) {
    const mayHaveEffect = !isUnsent(code);
    const message = `no complete response arrived from ${host}${code && ` (${code})`}`;
    const retryable = !mayHaveEffect || context.retrySafe;
    super(`${message}; ${effectOf({ mayHaveEffect })}.`, context, { retryable, code, host });
  }
}

/** Error codes of a connection that was never established. */
const unsentCodes = /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Whether an error code shows that nothing was sent. */
export const isUnsent = (code: string | undefined): boolean => unsentCodes.test(`${code}`);

/** What is known of the effect of a call. */
function effectOf({ mayHaveEffect, attempts }: ErrorContext): string {
  if (mayHaveEffect) return "the call may have taken effect";
  return attempts ? "the call has not taken effect" : "nothing was sent";
}

/** The call, its retries included, did not finish within its `timeout`, or its last attempt within its `attemptTimeout`. */
export class TimeoutError extends ActionError {
  protected static override readonly kind = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** Time limit that was exceeded, in milliseconds. */
  declare readonly timeout: number;

  constructor(timeout: number, context: ErrorContext, option: "timeout" | "attemptTimeout" = "timeout") {
    const retryable = context.retrySafe || !context.mayHaveEffect;
    super(`timed out after ${timeout} ms (${option}); ${effectOf(context)}.`, context, {
      retryable,
      timeout,
    });
  }
}

/** The caller's signal aborted the call; `cause` is the signal's reason. */
export class AbortError extends ActionError {
  protected static override readonly kind = "AbortError";
  declare readonly name: "AbortError";

  /** @param effect describes whether the call may have taken effect. */
  constructor(context: ErrorContext, effect = effectOf(context)) {
    super(`aborted by its signal; ${effect}.`, context);
  }
}

/** A problem with a parameter of a call. */
export interface ParameterIssue {
  /** Path of the parameter or field, such as `Disks[1].Size`. */
  readonly path: string;
  /** The problem and what is accepted; never contains the value. */
  readonly problem: string;
}

/** A difference between a response and the specification, with the path of the field. */
export type Violation = ParameterIssue;

/** The parameters cannot be sent. Nothing was sent. */
export class InvalidParameterError extends ActionError {
  protected static override readonly kind = "InvalidParameterError";
  declare readonly name: "InvalidParameterError";
  /** Every problem, not only the first. */
  declare readonly issues: readonly ParameterIssue[];

  constructor(issues: readonly ParameterIssue[], context: ErrorContext = {}) {
    super(`${describeIssues(issues)}. Nothing was sent.`, context, { issues });
  }
}

/** No usable key pair is available. Thrown when a client is created, or when a credentials provider is called. */
export class CredentialsError extends ActionError {
  protected static override readonly kind = "CredentialsError";
  declare readonly name: "CredentialsError";
}

/**
 * An option is invalid, the platform lacks a feature, or the program uses what an earlier version had. Thrown when a client is
 * created, if possible.
 */
export class ConfigurationError extends ActionError {
  protected static override readonly kind = "ConfigurationError";
  declare readonly name: "ConfigurationError";
}

/** Description of a RetCode in the specification. */
export interface RetCodeInfo {
  readonly name: string;
  /** What happened, as a sentence. */
  readonly meaning: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /**
   * Whether a call that failed with this code can be retried. `always`: yes, it was not carried out. `throttle`: yes, after
   * a longer delay. `credentials`: yes, with other credentials. `idempotent`: if the action is retry-safe, since the outcome
   * is unknown. `never`: no, it would fail again.
   */
  readonly retry: "always" | "throttle" | "credentials" | "idempotent" | "never";
}

/** RetCodes by number. */
export type RetCodeTable = Readonly<Record<number, RetCodeInfo>>;

/** Every error that a call can reject with. Narrow it by `name` or `instanceof`. */
export type CallError =
  | RetCodeError
  | HttpError
  | NetworkError
  | TimeoutError
  | AbortError
  | InvalidResponseError
  | InvalidParameterError
  | CredentialsError
  | ConfigurationError;

/** Formats issues or violations on one line. */
export function describeIssues(issues: readonly ParameterIssue[]): string {
  return issues.map(({ path, problem }) => `${path} ${problem}`).join("; ");
}
