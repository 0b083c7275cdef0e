import { ActionError, type CallError } from "./errors.js";
import type { PlatformResponse } from "./platform.js";
import type { ReceivedResponse } from "./response.js";
import { responseOf } from "./send.js";

/** Outcome of a successful call. */
export interface CallResponse<Body> {
  readonly data: Body;
  /** A copy of the response with a readable body and without its URL, which was the signed one. */
  readonly response: PlatformResponse;
  /** Identifier that the gateway assigned to the request. */
  readonly requestId: string | undefined;
  /** Number of requests sent, the successful one included. */
  readonly attempts: number;
}

/** Outcome of a successful call, before a response is created of it. */
export interface CallOutcome<Body> extends Omit<CallResponse<Body>, "response"> {
  readonly received: ReceivedResponse;
}

/** Outcome of a call, successful or not. */
export type CallResult<Body> =
  | (CallResponse<Body> & { readonly ok: true; readonly error?: undefined })
  | { readonly ok: false; readonly error: CallError; readonly data?: undefined };

/** State of a call while it is made. */
export interface CallState {
  readonly action: string;
  readonly attempts: number;
  readonly outcome: string;
}

/** A call that has started: its outcome, and its state. */
export interface StartedCall<Body> {
  readonly outcome: Promise<CallOutcome<Body>>;
  readonly state: CallState;
}

/** A call in progress: a promise of the success body, with methods for other views of its outcome. */
export class ActionCall<Body> extends Promise<Body> {
  // `then`, `catch` and `finally` return plain promises.
  static override readonly [Symbol.species] = Promise;
  readonly #call: StartedCall<Body>;

  /** @param call in progress, or what has started. */
  constructor(call: ActionCall<Body> | StartedCall<Body>) {
    // This promise itself is never observed: `then` uses the outcome, so that a failure is reported as unhandled once.
    super((resolve) => resolve(undefined as Body));
    this.#call = call instanceof ActionCall ? call.#call : call;
  }

  /** State of the call for `console.log`, which contains no parameters. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const { action, outcome, attempts } = this.#call.state;
    return `ActionCall { ${action} ${outcome}, attempts: ${attempts} }`;
  }

  // Passing the handlers on unchanged lets the engine add the caller's `await` to the stack of an error.
  override then<Done = Body, Failed = never>(
    onDone?: ((body: Body) => Done | PromiseLike<Done>) | null,
    onFailed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#call.outcome.then(({ data }) => data).then(onDone, onFailed);
  }

  /** Resolves to the success body together with its response. Rejects as the call itself does. */
  withResponse(): Promise<CallResponse<Body>> {
    return this.#call.outcome.then(({ received, ...outcome }) => ({
      ...outcome,
      get response() {
        return responseOf(received);
      },
    }));
  }

  /** Resolves to `{ ok: true, data }` or `{ ok: false, error }`. Rejects only with an error that a middleware threw. */
  result(): Promise<CallResult<Body>> {
    return this.withResponse().then(
      (outcome) => ({ ...outcome, ok: true }) as const,
      (error: unknown) => {
        if (!(error instanceof ActionError)) throw error;
        return { ok: false, error: error as CallError } as const;
      },
    );
  }
}
