import { ActionError, CredentialsError } from "./errors.js";
import { type Redaction, redactionOf, withoutLongWords, withoutSecrets } from "./secrets.js";
import type { ActionRequest } from "./send.js";
import { withCredentials } from "./signature.js";

interface PublicCredentials {
  readonly publicKey: string;
  /** Token of temporary credentials. It is signed and sent. */
  readonly securityToken?: string | undefined;
  /** Time at which the credentials expire, as a date or in milliseconds of Unix time. */
  readonly expiresAt?: Date | number | undefined;
}

/** A key pair from the brand's console, or temporary credentials with their token. */
export interface KeyPair extends PublicCredentials {
  /** Only hashed, never sent. */
  readonly privateKey: string;
}

/**
 * Computes the signature of a request with a private key that does not leave its vault: the SHA-1 of `stringToSign` directly
 * followed by the private key, in UTF-8, as 40 lower-case hexadecimal digits. Called once for each attempt.
 *
 * @param request the request before it is signed.
 */
export type Signer = (stringToSign: string, request: ActionRequest) => string | Promise<string>;

/** A public key, and a function that signs with the private key. */
export interface SignerCredentials extends PublicCredentials {
  readonly signer: Signer;
}

/** A key pair, or a public key with a function that signs. */
export type Credentials = SignerCredentials | KeyPair;

/** The private key; `""` if a signer has it. */
export function privateKeyOf({ privateKey = "" }: Partial<KeyPair>): string {
  return privateKey;
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
): KeyPair {
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
function checkCredentials<Given extends Credentials>(credentials: Given): Given {
  const { publicKey, privateKey, signer, securityToken, expiresAt }: Partial<KeyPair & SignerCredentials> =
    credentials ?? {};
  const strings = {
    publicKey,
    ...(typeof signer !== "function" && { privateKey }),
    ...(securityToken !== undefined && { securityToken }),
  };
  const problems = Object.entries(strings)
    .filter(([, value]) => typeof value !== "string" || value === "" || value.trim() !== value)
    .map(([name]) => `${name} must be a non-empty string without surrounding spaces`);
  if (Number.isNaN(Number(expiresAt ?? 0))) problems.push("expiresAt must be a date or a number");
  if (problems.length > 0) throw new CredentialsError(`Invalid credentials: ${problems.join("; ")}.`);
  return { publicKey, privateKey, signer, securityToken, expiresAt } as Partial<Credentials> as Given;
}

/** Reads a variable of the process; `undefined` if it is not set or empty. */
export function processEnvironment(name: string): string | undefined {
  const { process } = globalThis as unknown as { process: { env: Record<string, string | undefined> } };
  try {
    return process.env[name] || undefined;
  } catch {
    // There is no process (browsers), or no permission (Deno).
  }
}

/** Supplies the credentials of a client or a call. */
export interface CredentialsSource {
  readonly get: () => Promise<Credentials>;
  /**
   * Reports that the gateway rejected credentials.
   *
   * @returns whether other credentials may be available.
   */
  readonly refuse: (credentials: Credentials) => boolean;
  /** Redacts the credentials, as far as they are known. */
  readonly redact: Redaction;
}

/** One source per provider, so that clients and calls that share a provider call it once. */
const sources = new WeakMap<CredentialsProvider, CredentialsSource>();

/**
 * Returns the source of fixed credentials or of a provider.
 *
 * @throws CredentialsError if fixed credentials are invalid; those of a provider are checked when it returns them.
 */
export function credentialsSource(credentials: Credentials | CredentialsProvider): CredentialsSource {
  if (typeof credentials !== "function") {
    const checked = checkCredentials(credentials);
    const fixed = Promise.resolve(checked);
    return { get: () => fixed, refuse: () => false, redact: redactionOfCredentials(checked) };
  }
  const source = sources.get(credentials) ?? providedCredentials(credentials);
  sources.set(credentials, source);
  return source;
}

function redactionOfCredentials(credentials: Credentials): Redaction {
  return redactionOf(withCredentials(new Map(), credentials), [], privateKeyOf(credentials));
}

function providedCredentials(provide: CredentialsProvider): CredentialsSource {
  let pending: Promise<Credentials> | undefined;
  let known: Credentials | undefined;
  let calledAt = 0;
  let redact = redactionOf();

  function forget(): void {
    pending = undefined;
    known = undefined;
  }

  async function load(): Promise<Credentials> {
    calledAt = Date.now();
    try {
      // Deferred until `pending` is set, so that a provider that throws synchronously is forgotten too.
      known = checkCredentials(await Promise.resolve().then(provide));
      // A later failure may quote it.
      redact = redactionOfCredentials(known);
      return known;
    } catch (failure) {
      forget();
      if (failure instanceof ActionError) throw failure;
      const cause = withoutSecrets(failure, withoutLongWords(redact));
      throw new CredentialsError("The credentials provider failed.", { cause });
    }
  }

  return {
    get() {
      // Credentials are replaced a minute before they expire.
      const isExpired = Number(known?.expiresAt ?? Number.NaN) - 60_000 < Date.now();
      // A provider that hangs must not block all later calls.
      const isLate = known === undefined && calledAt + 60_000 < Date.now();
      if (isExpired || isLate) forget();
      pending ??= load();
      return pending;
    },
    refuse(refused) {
      // Another call may have loaded new ones in the meantime.
      if (refused === known) forget();
      return true;
    },
    redact: (text) => redact(text),
  };
}
