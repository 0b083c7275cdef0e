const kinds = Symbol.for("actiongen.error.kinds");

interface ErrorContext {
  /** Action that was called; empty where no call was under way. */
  readonly action?: string;
  /** Identifier that the gateway gave the request, for the vendor's support. */
  readonly requestId?: string | undefined;
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

  constructor(message: string, context: ErrorContext = {}) {
    super(message, "cause" in context ? { cause: context.cause } : undefined);
    this.action = context.action ?? "";
    this.requestId = context.requestId;
    const chain: string[] = [];
    for (
      let type = new.target as typeof ActionError;
      type.kind !== undefined;
      type = Object.getPrototypeOf(type)
    ) {
      if (Object.hasOwn(type, "kind")) chain.push(type.kind);
    }
    Object.defineProperty(this, kinds, { value: chain });
    Object.defineProperty(this, "name", { value: chain[0] ?? "ActionError", configurable: true });
  }

  /** True for instances of another copy of the package too: two copies in one program are common. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (!Object.hasOwn(this, "kind")) return Function.prototype[Symbol.hasInstance].call(this, value);
    const chain = (value as { [kinds]?: unknown } | null | undefined)?.[kinds];
    return Array.isArray(chain) && chain.includes(this.kind);
  }

  /** What may be logged: name, message and the plain facts, never the cause. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) };
  }
}

/** The gateway answered with a RetCode other than 0. */
export class RetCodeError extends ActionError {
  protected static override readonly kind = "RetCodeError";
  readonly retCode: number;
  /** Name of the code in the specification; empty for a code that it does not list. */
  readonly codeName: string;
  /** The gateway's own message, without what would let a reader sign or repeat the call. */
  readonly serverMessage: string;

  constructor(
    retCode: number,
    serverMessage: string,
    known: RetCodeInfo | undefined,
    context: ErrorContext & { action: string },
  ) {
    const label = known === undefined ? `RetCode ${retCode}` : `RetCode ${retCode} (${known.name})`;
    const quote = serverMessage === "" ? "" : `: "${excerpt(serverMessage)}"`;
    const explanation = known === undefined ? "" : ` ${known.meaning} ${known.remedy}`;
    super(`${context.action}: ${label}${quote}.${explanation}${requestNote(context.requestId)}`, context);
    this.retCode = retCode;
    this.codeName = known?.name ?? "";
    this.serverMessage = serverMessage;
  }
}

/** The answer has an HTTP error status and no RetCode. */
export class HttpError extends ActionError {
  protected static override readonly kind = "HttpError";
  readonly status: number;

  constructor(status: number, bodyNote: string, context: ErrorContext & { action: string }) {
    super(`${context.action}: HTTP ${status} with ${bodyNote}.${requestNote(context.requestId)}`, context);
    this.status = status;
  }
}

/** The answer is none that the gateway gives: no JSON, or no RetCode in it. */
export class InvalidResponseError extends ActionError {
  protected static override readonly kind = "InvalidResponseError";
  readonly status: number;

  constructor(status: number, bodyNote: string, context: ErrorContext & { action: string }) {
    super(
      `${context.action}: HTTP ${status}, but the answer is not the gateway's: ${bodyNote}.${requestNote(context.requestId)}`,
      context,
    );
    this.status = status;
  }
}

/** No answer arrived: name resolution, connection, TLS, or a body that broke off. */
export class NetworkError extends ActionError {
  protected static override readonly kind = "NetworkError";

  /** @param code the operating system's word for the failure, empty where it has none. */
  constructor(code: string, context: ErrorContext & { action: string }) {
    const note = code === "" ? "" : ` (${code})`;
    const effect = neverSent.includes(code) ? "nothing was sent" : "whether the call took effect is unknown";
    super(`${context.action}: no complete answer arrived${note}; ${effect}.`, context);
  }
}

const neverSent: readonly string[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"];

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
  readonly faults: readonly ParameterFault[];

  constructor(faults: readonly ParameterFault[], context: ErrorContext = {}) {
    const list = faults.map(({ path, problem }) => `${path} ${problem}`).join("; ");
    super(`${context.action ? `${context.action}: ` : ""}${list}. Nothing was sent.`, context);
    this.faults = faults;
  }
}

/** No usable key pair, found out when the client is made or a provider is asked. */
export class CredentialsError extends ActionError {
  protected static override readonly kind = "CredentialsError";
}

/** An option or a platform that a client cannot work with, found out when it is made wherever that is possible. */
export class ConfigurationError extends ActionError {
  protected static override readonly kind = "ConfigurationError";
}

/** What the specification says about one RetCode. */
export interface RetCodeInfo {
  readonly name: string;
  /** What happened, as a sentence. */
  readonly meaning: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /** `always`: not carried out, may be repeated. `idempotent`: the outcome is unknown. `never`: it would fail again. */
  readonly retry: "always" | "idempotent" | "never";
}

/** RetCodes by number. */
export type RetCodeTable = Readonly<Record<number, RetCodeInfo>>;

function requestNote(requestId: string | undefined): string {
  return requestId === undefined ? "" : ` Request id ${requestId}.`;
}

/** A foreign message is neither trusted to be short nor to stay on its line. */
function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
