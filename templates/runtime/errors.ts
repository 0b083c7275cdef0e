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
  readonly action: string;
  readonly requestId: string | undefined;
  /** Requests that were sent until the call was given up, the failed one included; 0 where none was. */
  readonly attempts: number;
  /** Whether to make the call again may help, and can do no harm. */
  readonly retryable: boolean;

  constructor(message: string, context: ErrorContext = {}, retryable = false) {
    const { action = "", attempts = 0, requestId, cause } = context;
    const start = action && `${action}: `;
    const id = requestId === undefined ? "" : ` Request id ${requestId}.`;
    super(start + message + id, cause === undefined ? undefined : { cause });
    this.action = action;
    this.requestId = requestId;
    this.attempts = attempts;
    this.retryable = retryable;
    const { kind } = new.target;
    Object.defineProperty(this, kindOf, { value: kind });
    Object.defineProperty(this, "name", { value: kind, configurable: true });
  }

  /** True for instances of another copy of the package too: two copies in one program are common. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class that somebody derived from one of these is told as any class is.
    if (!Object.hasOwn(this, "kind")) return super[Symbol.hasInstance](value);
    const kind = (value as { [kindOf]?: string } | null | undefined)?.[kindOf];
    return kind !== undefined && (this.kind === kind || this.kind === "ActionError");
  }

  /** What may be logged: name, message and the plain facts, never the cause. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message };
  }
}

/** The gateway answered with a RetCode other than 0. */
export class RetCodeError extends ActionError {
  protected static override readonly kind = "RetCodeError";
  declare readonly name: "RetCodeError";
  readonly retCode: number;
  /** Name of the code in the specification; empty for a code that it does not list. */
  readonly codeName: string;
  /** What the code means, as a sentence; empty for a code that the specification does not list. */
  readonly meaning: string;
  /** The gateway's own message, without secrets. */
  readonly serverMessage: string;
  /** How long the gateway asks to wait, in milliseconds; `undefined` where it does not. */
  readonly retryAfter: number | undefined;

  constructor(
    retCode: number,
    serverMessage: string,
    { name = "", meaning = "", remedy = "", retry = "never" }: Partial<RetCodeInfo> = {},
    context: ErrorContext = {},
  ) {
    const label = name && ` (${name})`;
    const quote = serverMessage && `: "${excerpt(serverMessage)}"`;
    super(
      `RetCode ${retCode}${label}${quote}.${meaning && ` ${meaning} ${remedy}`}`,
      context,
      retry === "idempotent" ? context.retrySafe : retry === "always" || retry === "throttle",
    );
    this.retCode = retCode;
    this.codeName = name;
    this.meaning = meaning;
    this.serverMessage = serverMessage;
    this.retryAfter = context.retryAfter;
  }
}

/** The answer has an HTTP error status and no RetCode. */
export class HttpError extends ActionError {
  protected static override readonly kind = "HttpError";
  declare readonly name: "HttpError";
  readonly status: number;
  /** How long the server asks to wait, in milliseconds; `undefined` where it does not. */
  readonly retryAfter: number | undefined;

  constructor(status: number, bodyNote: string, context: ErrorContext) {
    super(
      `HTTP ${status} with ${bodyNote}.`,
      context,
      status === 429 || (status >= 500 && context.retrySafe),
    );
    this.status = status;
    this.retryAfter = context.retryAfter;
  }
}

/** The answer is none that the gateway gives: no JSON, no RetCode in it, or not what the specification promises. */
export class InvalidResponseError extends ActionError {
  protected static override readonly kind = "InvalidResponseError";
  declare readonly name: "InvalidResponseError";
  readonly status: number;
  /** What is not as the specification promises, where that was asked for. */
  readonly violations: readonly Violation[];

  constructor(
    status: number,
    bodyNote: string,
    context: ErrorContext,
    violations: readonly Violation[] = [],
  ) {
    super(
      `HTTP ${status}, but the answer is not the gateway's: ${bodyNote}.`,
      context,
      violations.length === 0 && context.retrySafe,
    );
    this.status = status;
    this.violations = violations;
  }
}

/** No answer arrived: name resolution, connection, TLS, or a body that broke off. */
export class NetworkError extends ActionError {
  protected static override readonly kind = "NetworkError";
  declare readonly name: "NetworkError";
  /** The operating system's word for the failure, like `ECONNRESET`; empty where it has none. */
  readonly code: string;

  constructor(code: string, context: ErrorContext) {
    const isUnsent = neverSent.test(code);
    super(
      `no complete answer arrived${code && ` (${code})`}; ${effect(isUnsent)}.`,
      context,
      isUnsent || context.retrySafe,
    );
    this.code = code;
  }
}

const neverSent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

function effect(isUnsent: boolean): string {
  return isUnsent ? "nothing was sent" : "whether the call took effect is unknown";
}

/** The call, its retries included, did not end in the time that it was given. */
export class TimeoutError extends ActionError {
  protected static override readonly kind = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** The time that it was given, in milliseconds. */
  readonly timeout: number;

  constructor(timeout: number, context: ErrorContext) {
    super(`not done within ${timeout} ms; ${effect(!context.attempts)}.`, context, context.retrySafe);
    this.timeout = timeout;
  }
}

/** The caller's signal ended the call; `cause` is its reason. */
export class AbortError extends ActionError {
  protected static override readonly kind = "AbortError";
  declare readonly name: "AbortError";

  constructor(context: ErrorContext, note = effect(!context.attempts)) {
    super(`ended by its signal; ${note}.`, context);
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
  readonly faults: readonly ParameterFault[];

  constructor(faults: readonly ParameterFault[], context: ErrorContext = {}) {
    super(
      `${faults.map(({ path, problem }) => `${path} ${problem}`).join("; ")}. Nothing was sent.`,
      context,
    );
    this.faults = faults;
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

/** A foreign message is neither trusted to be short nor to stay on its line. */
function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
