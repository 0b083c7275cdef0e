import { processEnvironment } from "./credentials.js";
import { ConfigurationError } from "./errors.js";

/** Whether a string is a URL to which a query can be appended, and that contains no user or password. */
export function isBaseUrl(url: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+$/i.test(url) && URL.canParse(url);
}

/**
 * The base URL of a client: the option, else the environment variable, else the default.
 *
 * @throws ConfigurationError if it cannot be used.
 */
export function chooseBaseUrl(
  option: string | undefined,
  { baseUrl, environmentPrefix }: { readonly baseUrl: string; readonly environmentPrefix: string },
): string {
  const variable = `${environmentPrefix}_BASE_URL`;
  const chosen = option ?? processEnvironment(variable) ?? baseUrl;
  if (isBaseUrl(chosen)) return new URL(chosen).href;
  throw new ConfigurationError(
    `${variable} or baseUrl must be an http or https URL without query, fragment or user, such as ${baseUrl}.`,
  );
}
