import { CredentialsError } from "./errors.js";

/** A key pair of the brand's console, or temporary credentials with their token. */
export interface Credentials {
  readonly publicKey: string;
  /** Never sent, only hashed. */
  readonly privateKey: string;
  /** Token of temporary credentials; signed and sent along. */
  readonly securityToken?: string;
}

/** Asked for credentials before each request, so that they can rotate. */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;

/**
 * Reads `<PREFIX>_PUBLIC_KEY`, `<PREFIX>_PRIVATE_KEY` and, where set, `<PREFIX>_SECURITY_TOKEN`.
 *
 * @throws CredentialsError that names each variable that is missing.
 */
export function credentialsFromEnvironment(prefix: string, environment = processEnvironment()): Credentials {
  const names = [`${prefix}_PUBLIC_KEY`, `${prefix}_PRIVATE_KEY`] as const;
  const [publicKey, privateKey] = names.map((name) => environment[name] || undefined);
  if (publicKey === undefined || privateKey === undefined) {
    const missing = names.filter((name) => !environment[name]).join(" and ");
    throw new CredentialsError(`No credentials: pass \`credentials\`, or set ${missing} in the environment.`);
  }
  const securityToken = environment[`${prefix}_SECURITY_TOKEN`] || undefined;
  return checkCredentials({
    publicKey,
    privateKey,
    ...(securityToken === undefined ? {} : { securityToken }),
  });
}

/**
 * Refuses what can only lead to RetCode 171 or 172: an empty key, or one with the white space of a paste.
 *
 * @returns the credentials as they came.
 * @throws CredentialsError
 */
export function checkCredentials(credentials: Credentials): Credentials {
  const faults: string[] = [];
  for (const name of ["publicKey", "privateKey", "securityToken"] as const) {
    const value: unknown = credentials?.[name];
    if (name === "securityToken" && value === undefined) continue;
    if (typeof value !== "string" || value === "") faults.push(`${name} must be a text that is not empty`);
    else if (value.trim() !== value) faults.push(`${name} begins or ends with white space`);
  }
  if (faults.length > 0) throw new CredentialsError(`Unusable credentials: ${faults.join("; ")}.`);
  return credentials;
}

/** The environment variables of the process; nothing where there is no process, as in a browser. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env ?? {};
}
