import { ActionError } from "./errors.js";
import type { AnyOperation } from "./operation.js";

/** How much a client tells its logger. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** Takes what a client has to tell; `console` is one. Everything that it is given is free of secrets. */
export type Logger = {
  readonly [Level in Exclude<LogLevel, "off">]?: (message: string, details: Record<string, unknown>) => void;
};

/** Is told the steps of each call; made by `createLogger`, so that a program which logs nothing holds none of it. */
export interface CallLogger {
  readonly attempt: (operation: AnyOperation, method: string, params: object, attempt: number) => void;
  readonly answer: (operation: AnyOperation, requestId: string | undefined, body: object) => void;
  readonly retry: (error: ActionError, delay: number) => void;
  readonly failure: (error: Error) => void;
}

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

/**
 * Makes the `logger` of a client: `createLogger(console, "debug")`.
 *
 * @param logger takes messages and details; its own failures never fail a call.
 * @param least the least that it is told. `debug` tells of every attempt and answer, `warn` of retries, `error` of failures.
 */
export function createLogger(logger: Logger, least: LogLevel = "warn"): CallLogger {
  function tell(level: Exclude<LogLevel, "off">, message: string, details: () => Record<string, unknown>) {
    if (logger[level] === undefined || levels.indexOf(level) < levels.indexOf(least)) return;
    try {
      logger[level](message, details());
    } catch {
      // A call must not fail because it could not be written down.
    }
  }

  return {
    attempt: ({ action, secrets }, method, params, attempt) =>
      tell("debug", `${action}: attempt ${attempt}`, () => ({
        method,
        parameters: withoutTexts(params, secrets),
      })),
    answer: ({ action, secrets }, requestId, body) =>
      tell("debug", `${action}: answered`, () => ({ requestId, body: withoutTexts(body, secrets) })),
    retry: (error, delay) =>
      tell("warn", `${error.message} Trying again in ${Math.round(delay)} ms.`, () => error.toJSON()),
    failure: (error) => tell("error", error.message, () => factsOf(error)),
  };
}

/** A middleware's own error may hold anything. */
function factsOf(error: Error): Record<string, unknown> {
  return error instanceof ActionError ? error.toJSON() : { name: error.name };
}

/** Names of fields whose texts say which thing is meant, and are no secrets. Any other text may be one. */
const harmless = /(?:Ids?|Region|Zone|Action|State|Status|Type|Code)$/;

/**
 * A copy of parameters or of an answer that may be logged. Shown are numbers, `true` and `false`, and the texts of fields
 * that name a thing; every other text is hidden, as is all that the specification marks as secret.
 */
function withoutTexts(value: unknown, secrets: readonly string[], name = ""): unknown {
  // A name may be flat already: `Disks.0.Password`.
  if (name.split(".").some((part) => secrets.includes(part))) return hidden;
  if (Array.isArray(value)) return value.map((item) => withoutTexts(item, secrets, name));
  if (value instanceof Uint8Array) return hidden;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, withoutTexts(item, secrets, key)]);
    return Object.fromEntries(entries);
  }
  return typeof value === "string" && !harmless.test(name) ? hidden : value;
}

const hidden = "<hidden>";
