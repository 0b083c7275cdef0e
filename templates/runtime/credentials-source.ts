import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { ActionError, CredentialsError } from "./errors.js";
import { redactionOf, withoutSecrets } from "./secrets.js";

/** Where a client takes its credentials from. */
export interface CredentialsSource {
  readonly get: () => Promise<Credentials>;
  /**
   * Says that the gateway refused credentials.
   *
   * @returns whether others may be had.
   */
  readonly refuse: (credentials: Credentials) => boolean;
}

/** One for each provider, so that clients and calls which share it ask it once. */
const sources = new WeakMap<CredentialsProvider, CredentialsSource>();

/** How long before their end credentials are no longer used, in milliseconds. */
const margin = 60_000;

/** How long a provider may take before it is asked anew, in milliseconds: one that hangs must not hold all later calls. */
const patience = 60_000;

/**
 * The source of fixed credentials or of a provider's.
 *
 * @throws CredentialsError at once where fixed credentials are unusable; a provider's are checked when they come.
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
  let current: Promise<Credentials> | undefined;
  let known: Credentials | undefined;
  let asked = 0;

  function forget(): void {
    current = undefined;
    known = undefined;
  }

  async function ask(): Promise<Credentials> {
    asked = Date.now();
    try {
      // Not before `current` is set: a provider that throws at once has to be forgotten, too.
      known = checkCredentials(await Promise.resolve().then(provide));
      return known;
    } catch (failure) {
      forget();
      if (failure instanceof ActionError) throw failure;
      const cause = withoutSecrets(failure, redactionOf());
      throw new CredentialsError("The provider of credentials failed.", { cause });
    }
  }

  return {
    get() {
      if (Number(new Date(known?.expiresAt ?? Number.NaN)) - margin < Date.now()) forget();
      if (known === undefined && asked + patience < Date.now()) forget();
      current ??= ask();
      return current;
    },
    refuse(refused) {
      // Another call may have asked for new ones in the meantime.
      if (refused === known) forget();
      return true;
    },
  };
}
