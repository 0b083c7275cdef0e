/** How much a client tells its logger. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** Takes what a client has to tell; `console` is one. Everything that it is given is free of secrets. */
export type Logger = {
  readonly [Level in Exclude<LogLevel, "off">]?: (message: string, details: Record<string, unknown>) => void;
};

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

/** Tells a logger what is at least of the level. Its failures are its own. */
export type Log = (
  level: Exclude<LogLevel, "off">,
  message: string,
  details: () => Record<string, unknown>,
) => void;

/** Makes the function that a client logs with. */
export function createLog(logger: Logger | undefined, least: LogLevel = "warn"): Log {
  return (level, message, details) => {
    if (logger?.[level] === undefined || levels.indexOf(level) < levels.indexOf(least)) return;
    try {
      logger[level](message, details());
    } catch {
      // A call must not fail because it could not be written down.
    }
  };
}

/** Names of fields whose texts say which thing is meant, and are no secrets. Any other text may be one. */
const harmless = /(?:Ids?|Region|Zone|Action|State|Status|Type|Code)$/;

/**
 * A copy of parameters or of an answer that may be logged. Shown are numbers, `true` and `false`, and the texts of fields
 * that name a thing; every other text is hidden, as is all that the specification marks as secret.
 */
export function withoutTexts(value: unknown, secrets: readonly string[], name = ""): unknown {
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
