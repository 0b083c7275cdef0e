import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { ActionError, CredentialsError } from "./errors.js";
import { withoutSecrets } from "./secrets.js";

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

/** How long before their end credentials are no longer used, in milliseconds. */
const margin = 60_000;

/** How long a provider may take before it is asked anew, in milliseconds: one that hangs must not hold all later calls. */
const patience = 60_000;

/**
 * Makes a source of fixed credentials or of a provider's.
 *
 * @throws CredentialsError at once where fixed credentials are unusable; a provider's are checked when they come.
 */
export function createCredentialsSource(credentials: Credentials | CredentialsProvider): CredentialsSource {
  if (typeof credentials !== "function") {
    const fixed = Promise.resolve(checkCredentials(credentials));
    return { get: () => fixed, refuse: () => false };
  }
  let current: Promise<Credentials> | undefined;
  let known: Credentials | undefined;
  let asked = 0;

  async function ask(): Promise<Credentials> {
    asked = Date.now();
    try {
      // Not before `current` is set: a provider that throws at once has to be forgotten, too.
      known = checkCredentials(await Promise.resolve().then(credentials as CredentialsProvider));
      return known;
    } catch (failure) {
      current = undefined;
      if (failure instanceof ActionError) throw failure;
      throw new CredentialsError("The provider of credentials failed.", {
        cause: withoutSecrets(failure, []),
      });
    }
  }

  return {
    get() {
      if (known?.expiresAt !== undefined && Number(known.expiresAt) - margin < Date.now()) {
        known = undefined;
        current = undefined;
      }
      if (known === undefined && asked + patience < Date.now()) current = undefined;
      current ??= ask();
      return current;
    },
    refuse(refused) {
      // Another call may have asked for new ones in the meantime.
      if (refused === known) {
        known = undefined;
        current = undefined;
      }
      return true;
    },
  };
}
