const kindOf = Symbol.for("actiongen.error.kind");

/** What is known of a call when it fails. */
export interface ErrorContext {
  /** Action that was called; empty where no call was under way. */
  readonly action?: string;
  /** Identifier that the gateway gave the request, for the vendor's support. */
  readonly requestId?: string | undefined;
  /** Requests that were sent, or were about to be. */
  readonly attempts?: number;
  /** Whether the action may be repeated where nobody knows if it took effect. */
  readonly retrySafe?: boolean;
  /** How long the gateway asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Base of every error that a client throws on purpose.
 *
 * No message holds a key, a signature or a URL: a signed request can be repeated by whoever reads it. Nor does one
 * hold a parameter's value, unless the gateway's own message, which is quoted, names it.
 */
export abstract class ActionError extends Error {
  protected static readonly kind: string = "ActionError";
  declare readonly action: string;
  declare readonly requestId: string | undefined;
  /** Requests that were sent until the call was given up, the failed one included; 0 where none was. */
  declare readonly attempts: number;
  /** Whether to make the call again may help, and can do no harm. */
  declare readonly retryable: boolean;

  /** @param facts what the class adds: its own fields, and `retryable` where that is true. */
  constructor(message: string, context: ErrorContext = {}, facts: object = {}) {
    const { action = "", attempts = 0, requestId } = context;
    const id = requestId === undefined ? "" : ` Request id ${requestId}.`;
    super(`${action && `${action}: `}${message}${id}`, context);
    Object.assign(this, { action, requestId, attempts, retryable: false }, facts);
    const kind = { value: new.target.kind, configurable: true };
    Object.defineProperties(this, { name: kind, [kindOf]: kind });
  }

  /** True for instances of another copy of the package too: two copies in one program are common. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class that somebody derived from one of these is told as any class is.
    if (!Object.hasOwn(this, "kind")) return super[Symbol.hasInstance](value);
    const kind = (value as { [kindOf]?: string } | null | undefined)?.[kindOf];
    return kind === this.kind || (kind !== undefined && this.kind === "ActionError");
  }

  /** What may be logged: name, message and the plain facts, never the cause. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), name: this.name, message: this.message };
  }
}

/** The gateway answered with a RetCode other than 0. */
export class RetCodeError extends ActionError {
  protected static override readonly kind = "RetCodeError";
  declare readonly name: "RetCodeError";
  declare readonly retCode: number;
  /** Name of the code in the specification; empty for a code that it does not list. */
  declare readonly codeName: string;
  /** What the code means, as a sentence; empty for a code that the specification does not list. */
  declare readonly meaning: string;
  /** The gateway's own message, without secrets. */
  declare readonly serverMessage: string;
  /** How long the gateway asks to wait, in milliseconds; `undefined` where it does not. */
  declare readonly retryAfter: number | undefined;

  constructor(
    retCode: number,
    serverMessage: string,
    { name = "", meaning = "", remedy = "", retry }: Partial<RetCodeInfo> = {},
    context: ErrorContext = {},
  ) {
    const label = name && ` (${name})`;
    const quote = serverMessage && `: "${excerpt(serverMessage)}"`;
    const { retrySafe = false, retryAfter } = context;
    const retryable = retry === "idempotent" ? retrySafe : retry === "always" || retry === "throttle";
    super(`RetCode ${retCode}${label}${quote}.${meaning && ` ${meaning} ${remedy}`}`, context, {
      retryable,
      retCode,
      codeName: name,
      meaning,
      serverMessage,
      retryAfter,
    });
  }
}

/** The answer has an HTTP error status and no RetCode. */
export class HttpError extends ActionError {
  protected static override readonly kind = "HttpError";
  declare readonly name: "HttpError";
  declare readonly status: number;
  /** How long the server asks to wait, in milliseconds; `undefined` where it does not. */
  declare readonly retryAfter: number | undefined;

  constructor(status: number, bodyNote: string, context: ErrorContext) {
    const { retrySafe = false, retryAfter } = context;
    const retryable = status === 429 || (status >= 500 && retrySafe);
    super(`HTTP ${status} with ${bodyNote}.`, context, { retryable, status, retryAfter });
  }
}

/** The answer is none that the gateway gives: no JSON, no RetCode in it, or not what the specification promises. */
export class InvalidResponseError extends ActionError {
  protected static override readonly kind = "InvalidResponseError";
  declare readonly name: "InvalidResponseError";
  declare readonly status: number;
  /** What is not as the specification promises, where that was asked for. */
  declare readonly violations: readonly Violation[];

  constructor(
    status: number,
    bodyNote: string,
    context: ErrorContext,
    violations: readonly Violation[] = [],
  ) {
    const retryable = violations.length === 0 && context.retrySafe === true;
    super(`HTTP ${status} with ${bodyNote}.`, context, { retryable, status, violations });
  }
}

/** No answer arrived: name resolution, connection, TLS, or a body that broke off. */
export class NetworkError extends ActionError {
  protected static override readonly kind = "NetworkError";
  declare readonly name: "NetworkError";
  /** The operating system's word for the failure, like `ECONNRESET`; empty where it has none. */
  declare readonly code: string;

  constructor(code: string, context: ErrorContext) {
    const isUnsent = /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(
      code,
    );
    super(`no complete answer arrived${code && ` (${code})`}; ${isUnsent ? unsent : unknown}.`, context, {
      retryable: isUnsent || context.retrySafe === true,
      code,
    });
  }
}

const unsent = "nothing was sent";
const unknown = "its effect is unknown";

/** The call, its retries included, did not end in the time that it was given. */
export class TimeoutError extends ActionError {
  protected static override readonly kind = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** The time that it was given, in milliseconds. */
  declare readonly timeout: number;

  constructor(timeout: number, context: ErrorContext) {
    const { retrySafe: retryable = false } = context;
    super(`not done within ${timeout} ms; ${unknown}.`, context, { retryable, timeout });
  }
}

/** The caller's signal ended the call; `cause` is its reason. */
export class AbortError extends ActionError {
  protected static override readonly kind = "AbortError";
  declare readonly name: "AbortError";

  /** @param effect what is known of the call's effect. */
  constructor(context: ErrorContext, effect = context.attempts ? unknown : unsent) {
    super(`ended by its signal; ${effect}.`, context);
  }
}

/** One thing wrong with the parameters of a call. */
export interface ParameterFault {
  /** Where, as in `Disks[1].Size`. */
  readonly path: string;
  /** What is wrong and what is accepted; never the value. */
  readonly problem: string;
}

/** Parameters that cannot be sent. Nothing was sent. */
export class InvalidParameterError extends ActionError {
  protected static override readonly kind = "InvalidParameterError";
  declare readonly name: "InvalidParameterError";
  declare readonly faults: readonly ParameterFault[];

  constructor(faults: readonly ParameterFault[], context: ErrorContext = {}) {
    super(`${listOf(faults)}. Nothing was sent.`, context, { faults });
  }
}

/** No usable key pair, found out when the client is made or a provider is asked. */
export class CredentialsError extends ActionError {
  protected static override readonly kind = "CredentialsError";
  declare readonly name: "CredentialsError";
}

/** An option or a platform that a client cannot work with, found out when it is made wherever that is possible. */
export class ConfigurationError extends ActionError {
  protected static override readonly kind = "ConfigurationError";
  declare readonly name: "ConfigurationError";
}

/** What the specification says about one RetCode. */
export interface RetCodeInfo {
  readonly name: string;
  /** What happened, as a sentence. */
  readonly meaning: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /**
   * `always`: not carried out, may be repeated. `throttle`: the same, after a longer wait. `credentials`: may be repeated
   * with other ones. `idempotent`: the outcome is unknown. `never`: it would fail again.
   */
  readonly retry: "always" | "throttle" | "credentials" | "idempotent" | "never";
}

/** RetCodes by number. */
export type RetCodeTable = Readonly<Record<number, RetCodeInfo>>;

/** Something in an answer that is not as the specification promises. */
export interface Violation {
  /** Where, as in `DataSet[1].BackupId`. */
  readonly path: string;
  /** What is wrong; never the value. */
  readonly problem: string;
}

/** Every error that a call can end with: `name` and `instanceof` tell them apart. */
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

/** Faults or violations on one line. */
export function listOf(found: readonly (ParameterFault | Violation)[]): string {
  return found.map(({ path, problem }) => `${path} ${problem}`).join("; ");
}

/** A foreign message is neither trusted to be short nor to stay on its line. */
function excerpt(text: string): string {
  return text.slice(0, 500).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
