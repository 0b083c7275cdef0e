import { CredentialsError } from "./errors.js";

/** A key pair of the brand's console, or temporary credentials with their token. */
export interface Credentials {
  readonly publicKey: string;
  /** Never sent, only hashed. */
  readonly privateKey: string;
  /** Token of temporary credentials; signed and sent along. */
  readonly securityToken?: string | undefined;
  /** When they end, as a date or in milliseconds of Unix time. A provider is asked anew before that. */
  readonly expiresAt?: Date | number | undefined;
}

/**
 * Gives credentials that can rotate. Asked once for all calls that wait for them, and again before they end and after the
 * gateway refused them.
 */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;

/** Looks an environment variable up; `undefined` where it is not set or empty. */
export type Environment = (name: string) => string | undefined;

/**
 * Reads `<PREFIX>_PUBLIC_KEY`, `<PREFIX>_PRIVATE_KEY` and, where set, `<PREFIX>_SECURITY_TOKEN`.
 *
 * @throws CredentialsError that names each variable that is missing.
 */
export function credentialsFromEnvironment(
  prefix: string,
  environment: Environment = processEnvironment,
): Credentials {
  const names = [`${prefix}_PUBLIC_KEY`, `${prefix}_PRIVATE_KEY`];
  const [publicKey, privateKey] = names.map(environment);
  if (publicKey === undefined || privateKey === undefined) {
    const missing = names.filter((name) => environment(name) === undefined).join(" and ");
    throw new CredentialsError(`No credentials: pass \`credentials\`, or set ${missing} in the environment.`);
  }
  return checkCredentials({ publicKey, privateKey, securityToken: environment(`${prefix}_SECURITY_TOKEN`) });
}

/**
 * Refuses what can only lead to RetCode 171 or 172: an empty key, or one with the white space of a paste.
 *
 * @returns a copy of the fields.
 * @throws CredentialsError
 */
export function checkCredentials(credentials: Credentials): Credentials {
  const { publicKey, privateKey, securityToken, expiresAt } = credentials ?? {};
  const faults = Object.entries({
    publicKey,
    privateKey,
    ...(securityToken !== undefined && { securityToken }),
  })
    .filter(([, value]) => typeof value !== "string" || value === "" || value.trim() !== value)
    .map(([name]) => `${name} has to be text without spaces around it`);
  if (Number.isNaN(Number(expiresAt ?? 0))) faults.push("expiresAt has to be a date or a number");
  if (faults.length > 0) throw new CredentialsError(`Unusable credentials: ${faults.join("; ")}.`);
  return { publicKey, privateKey, securityToken, expiresAt };
}

/** A variable of the process; none where there is no process, as in a browser, or no leave to look, as in Deno. */
export function processEnvironment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
