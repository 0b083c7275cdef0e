import { inspect } from "node:util";
import { type ActionError, type ConnectionOptions, createClient, type RetryContext } from "@dezai/umem";
import { expect } from "vitest";
import { keys } from "./signed.js";

const location = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "space" };
type Client = ReturnType<typeof createClient>;

/** Calls an action that may be retried when its outcome is unknown. */
export const callSafe = (client: Client) => client.describeUMemBackupURL({ ...location, BackupId: "backup" });

/** Calls an action that must not be retried when its outcome is unknown. */
export const callUnsafe = (client: Client) => client.createUMemBackup({ ...location, BackupName: "nightly" });

/** Makes a call that must fail. @returns the error, and the arguments of `retryDelay`. */
export async function failedCall(
  call: (client: Client) => PromiseLike<unknown>,
  options: ConnectionOptions,
): Promise<{ error: ActionError & Record<string, unknown>; waits: RetryContext[] }> {
  const waits: RetryContext[] = [];
  const retryDelay = (wait: RetryContext) => {
    waits.push(wait);
    return 1;
  };
  const client = createClient({ credentials: keys, maxRetries: 2, retryDelay, ...options });
  const error = await call(client).then(
    (value) => expect.fail(`resolved to ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown as ActionError & Record<string, unknown>,
  );
  return { error, waits };
}

/** Checks that no form of an error shows a key, a signature or the query of a request. */
export function expectNoSecret(error: Error, signature = "Signature="): void {
  const shown = [
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    error.message,
  ];
  for (const secret of [keys.privateKey, keys.publicKey, signature, "Action="])
    expect(shown.join("\n")).not.toContain(secret);
}
