import { ActionError, type CallError } from "./errors.js";
import type { PlatformResponse } from "./platform.js";

/** What came of a call that succeeded. */
export interface CallResult<Body> {
  readonly data: Body;
  /** A copy of the answer, whose body can be read; without its URL, which was the signed one. */
  readonly response: PlatformResponse;
  /** Identifier that the gateway gave the request. */
  readonly requestId: string | undefined;
  /** Requests that were sent, the one that succeeded included. */
  readonly attempts: number;
}

/** What came of a call, whichever way it went. */
export type Settled<Body> =
  | (CallResult<Body> & { readonly ok: true; readonly error?: undefined })
  | { readonly ok: false; readonly error: CallError; readonly data?: undefined };

/** A call under way: a promise of the success body, and more for those who ask for it. */
export class ActionCall<Body> extends Promise<Body> {
  // What follows with `then` is an ordinary promise.
  static override readonly [Symbol.species] = Promise;
  readonly #outcome: Promise<CallResult<Body>>;

  constructor(outcome: Promise<CallResult<Body>>) {
    // Never looked at: `then` asks the outcome, so that only one promise can be left unhandled.
    super((resolve) => resolve(undefined as Body));
    this.#outcome = outcome;
  }

  override then<Done = Body, Failed = never>(
    onDone?: ((body: Body) => Done | PromiseLike<Done>) | null,
    onFailed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#outcome.then(({ data }) => (onDone ? onDone(data) : (data as unknown as Done)), onFailed);
  }

  /** The success body with the answer that it came in. Rejects as the call itself does. */
  withResponse(): Promise<CallResult<Body>> {
    return this.#outcome;
  }

  /** The same without throwing: `{ ok: true, data }` or `{ ok: false, error }`. Rejects with none but a middleware's own errors. */
  result(): Promise<Settled<Body>> {
    return this.#outcome.then(
      (outcome) => ({ ...outcome, ok: true }) as const,
      (error: unknown) => {
        if (!(error instanceof ActionError)) throw error;
        return { ok: false, error: error as CallError } as const;
      },
    );
  }
}
