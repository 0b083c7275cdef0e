import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { ActionError, CredentialsError } from "./errors.js";
import { redactionOf, withoutSecrets } from "./secrets.js";

/** Supplies the credentials of a client or a call. */
export interface CredentialsSource {
  readonly get: () => Promise<Credentials>;
  /**
   * Reports that the gateway rejected credentials.
   *
   * @returns whether other credentials may be available.
   */
  readonly refuse: (credentials: Credentials) => boolean;
}

/** One source per provider, so that clients and calls that share a provider call it once. */
const sources = new WeakMap<CredentialsProvider, CredentialsSource>();

/** Milliseconds before their expiry from which credentials are no longer used. */
const margin = 60_000;

/** Milliseconds after which a pending provider is called again, so that one that hangs does not block all later calls. */
const patience = 60_000;

/**
 * Returns the source of fixed credentials or of a provider.
 *
 * @throws CredentialsError if fixed credentials are invalid; those of a provider are checked when it returns them.
 */
export function credentialsSource(credentials: Credentials | CredentialsProvider): CredentialsSource {
  if (typeof credentials === "function") {
    const source = sources.get(credentials) ?? providedCredentials(credentials);
    sources.set(credentials, source);
    return source;
  }
  const fixed = Promise.resolve(checkCredentials(credentials));
  return { get: () => fixed, refuse: () => false };
}

function providedCredentials(provide: CredentialsProvider): CredentialsSource {
  let pending: Promise<Credentials> | undefined;
  let known: Credentials | undefined;
  let calledAt = 0;

  function forget(): void {
    pending = undefined;
    known = undefined;
  }

  async function load(): Promise<Credentials> {
    calledAt = Date.now();
    try {
      // Deferred until `pending` is set, so that a provider that throws synchronously is forgotten too.
      known = checkCredentials(await Promise.resolve().then(provide));
      return known;
    } catch (failure) {
      forget();
      if (failure instanceof ActionError) throw failure;
      const cause = withoutSecrets(failure, redactionOf());
      throw new CredentialsError("The credentials provider failed.", { cause });
    }
  }

  return {
    get() {
      const isExpired = Number(known?.expiresAt ?? Number.NaN) - margin < Date.now();
      if (isExpired || (known === undefined && calledAt + patience < Date.now())) forget();
      pending ??= load();
      return pending;
    },
    refuse(refused) {
      // Another call may have loaded new ones in the meantime.
      if (refused === known) forget();
      return true;
    },
  };
}
