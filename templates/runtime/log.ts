import { ActionError } from "./errors.js";
import type { AnyOperation } from "./operation.js";
import type { Redaction } from "./secrets.js";

/** Severity of a message; `off` disables logging. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** Destination of log messages, such as `console`. It receives no secrets. */
export type Logger = {
  readonly [Level in Exclude<LogLevel, "off">]?: (message: string, details: Record<string, unknown>) => void;
};

/** Logs the steps of each call. Created by `createLogger`, so that programs that do not log do not contain its code. */
export interface CallLogger {
  readonly attempt: (
    operation: AnyOperation,
    method: string,
    params: object,
    attempt: number,
    redact: Redaction,
  ) => void;
  readonly response: (
    operation: AnyOperation,
    requestId: string | undefined,
    body: object,
    redact: Redaction,
  ) => void;
  readonly retry: (error: ActionError, delay: number) => void;
  readonly failure: (error: Error) => void;
}

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

/**
 * Creates the `logger` of a client, as in `createLogger(console, "debug")`.
 *
 * @param logger receives messages and details. Errors that it throws are ignored.
 * @param minLevel the least severe level to log: `debug` for attempts and responses, `warn` for retries, `error` for
 *   failures.
 */
export function createLogger(logger: Logger, minLevel: LogLevel = "warn"): CallLogger {
  function log(level: Exclude<LogLevel, "off">, message: string, details: () => Record<string, unknown>) {
    if (logger[level] === undefined || levels.indexOf(level) < levels.indexOf(minLevel)) return;
    try {
      logger[level](message, details());
    } catch {
      // A failing logger must not fail the call.
    }
  }

  return {
    attempt: ({ action, secrets }, method, params, attempt, redact) =>
      log("debug", `${action}: attempt ${attempt}`, () => ({
        method,
        parameters: redactStrings(params, secrets, redact),
      })),
    response: ({ action, secrets }, requestId, body, redact) =>
      log("debug", `${action}: response`, () => ({ requestId, body: redactStrings(body, secrets, redact) })),
    retry: (error, delay) =>
      log("warn", `${error.message} Retrying in ${Math.round(delay)} ms.`, () => error.toJSON()),
    // An error that a middleware threw may contain anything.
    failure: (error) =>
      log("error", error.message, () =>
        error instanceof ActionError ? error.toJSON() : { name: error.name },
      ),
  };
}

/** Names of fields whose strings identify something and are not secret. Any other string may be secret. */
const harmless = /(?:Ids?|Region|Zone|Action|State|Status|Type|Code)$/;

/**
 * A copy of parameters or of a response that is safe to log. It keeps numbers, booleans and the strings of harmless fields,
 * and hides all other strings and everything that the specification marks as secret. Names and harmless fields may quote a key.
 */
function redactStrings(value: unknown, secrets: readonly string[], redact: Redaction, name = ""): unknown {
  // A name may be flat already: `Disks.0.Password`.
  if (name.split(".").some((key) => secrets.includes(key))) return hidden;
  if (Array.isArray(value)) return value.map((item) => redactStrings(item, secrets, redact, name));
  if (value instanceof Uint8Array) return hidden;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [
      redact(key),
      redactStrings(item, secrets, redact, key),
    ]);
    return Object.fromEntries(entries);
  }
  // Many loggers write JSON, which has no bigint.
  if (typeof value === "bigint") return `${value}`;
  if (typeof value !== "string") return value;
  return harmless.test(name) ? redact(value) : hidden;
}

const hidden = "<hidden>";
