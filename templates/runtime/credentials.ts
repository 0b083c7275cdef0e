import { CredentialsError } from "./errors.js";

/** A key pair from the brand's console, or temporary credentials with their token. */
export interface Credentials {
  readonly publicKey: string;
  /** Only hashed, never sent. */
  readonly privateKey: string;
  /** Token of temporary credentials. It is signed and sent. */
  readonly securityToken?: string | undefined;
  /** Time at which the credentials expire, as a date or in milliseconds of Unix time. */
  readonly expiresAt?: Date | number | undefined;
}

/**
 * Returns credentials that can rotate. Called once for all calls that wait for credentials, then again before they expire
 * and after the gateway rejects them.
 */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;

/** Looks up an environment variable; `undefined` if it is not set or empty. */
export type Environment = (name: string) => string | undefined;

/**
 * Reads `<PREFIX>_PUBLIC_KEY`, `<PREFIX>_PRIVATE_KEY` and, if set, `<PREFIX>_SECURITY_TOKEN`.
 *
 * @throws CredentialsError that names each missing variable.
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
 * Rejects credentials that could only lead to RetCode 171 or 172, such as an empty key or one pasted with spaces.
 *
 * @returns a copy of the known fields.
 * @throws CredentialsError
 */
export function checkCredentials(credentials: Credentials): Credentials {
  const { publicKey, privateKey, securityToken, expiresAt } = credentials ?? {};
  const strings = { publicKey, privateKey, ...(securityToken !== undefined && { securityToken }) };
  const problems = Object.entries(strings)
    .filter(([, value]) => typeof value !== "string" || value === "" || value.trim() !== value)
    .map(([name]) => `${name} must be a non-empty string without surrounding spaces`);
  if (Number.isNaN(Number(expiresAt ?? 0))) problems.push("expiresAt must be a date or a number");
  if (problems.length > 0) throw new CredentialsError(`Invalid credentials: ${problems.join("; ")}.`);
  return { publicKey, privateKey, securityToken, expiresAt };
}

/** Reads a variable of the process; `undefined` without a process (browsers) or without permission (Deno). */
export function processEnvironment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
