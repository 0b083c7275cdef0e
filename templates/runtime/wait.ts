import type { CallOptions, Connection } from "./connection.js";
import { type Deadline, startDeadline } from "./deadline.js";
import { AbortError, ActionError, ConfigurationError, type ErrorContext } from "./errors.js";
import type { AnyOperation, Paging } from "./operation.js";
import { pagedCall } from "./paging.js";
import type { PlatformSignal } from "./platform.js";

/** Options of a wait. */
export interface WaitOptions {
  /**
   * Delay after the first call, in milliseconds. It grows by half with each call, up to 30 seconds or `interval`, if that is
   * longer; the actual delays are random, between half and all of it. Default: 2 seconds.
   */
  readonly interval?: number | undefined;
  /** Time limit for the whole wait, in milliseconds; 0 for no limit. Default: 10 minutes. */
  readonly timeout?: number | undefined;
  /** Aborts the wait at once. */
  readonly signal?: PlatformSignal | undefined;
}

/** Options of {@link waitFor}. */
export interface WaitForOptions<Value> extends WaitOptions {
  /** Whether the wait is over. */
  readonly until: (value: Value) => boolean;
  /** Whether the wait has failed, since `until` cannot become true any more. Default: never. */
  readonly failOn?: ((value: Value) => boolean) | undefined;
  /** The state of a value, for the messages of errors. It must not be a secret. Default: messages contain no state. */
  readonly state?: ((value: Value) => string) | undefined;
}

/** A wait ended without success: its time is up, or what it waited for has failed. */
export class WaitError extends ActionError {
  protected static override readonly kind = "WaitError";
  declare readonly name: "WaitError";
  declare readonly reason: "timeout" | "failed";
  /** The last state; empty if none is known. */
  declare readonly state: string;
  /** Number of calls. */
  declare readonly calls: number;

  /** @param limit the timeout, in milliseconds. */
  constructor(
    reason: WaitError["reason"],
    limit: number,
    context: ErrorContext,
    state: string,
    calls: number,
  ) {
    const { cause } = context;
    const seen = `the last state is ${state ? `"${state}"` : "unknown"}, calls: ${calls}`;
    const error = cause instanceof ActionError ? ` The last call failed with ${cause.name}.` : "";
    super(
      reason === "failed"
        ? `failed; ${seen}. Waiting longer does not help.`
        : `not done within ${limit} ms; ${seen}.${error} It may still be done later: wait again, or set a longer \`timeout\`.`,
      context,
      { reason, state, calls },
    );
  }
}

/**
 * Makes a call again, with growing delays, until its value fulfils a condition. An error that is `retryable` does not end the wait:
 * the client has retried the call already, and the next call may succeed. Any other error does.
 *
 * @param call makes the call. If it passes the signal on, the end of the wait also ends a call in progress.
 * @returns the value that fulfils `until`.
 * @throws WaitError if the time is up, or if `failOn` returns true; AbortError; an error of the call that is not `retryable`.
 */
export function waitFor<Value>(
  call: (signal: PlatformSignal) => PromiseLike<Value>,
  options: WaitForOptions<Value>,
): Promise<Value> {
  return poll("", call, options);
}

async function poll<Value>(
  action: string,
  call: (signal: PlatformSignal) => PromiseLike<Value>,
  { until, failOn, state, interval = 2_000, timeout = 600_000, signal: callerSignal }: WaitForOptions<Value>,
): Promise<Value> {
  if (!(interval > 0 && timeout >= 0))
    throw new ConfigurationError(
      `interval (${interval}) must be a number above 0, and timeout (${timeout}) 0 or more.`,
    );
  const signal = callerSignal as AbortSignal | undefined;
  let calls = 0;
  let last = "";
  let failure: ActionError | undefined;
  const ended = (reason: "timeout" | "failed") =>
    new WaitError(reason, timeout, { action, cause: failure }, last, calls);
  const endError = (isTimeout: boolean) =>
    isTimeout
      ? ended("timeout")
      : new AbortError({ action, cause: signal?.reason }, "what it waited for goes on");

  async function callUntilDone(deadline: Deadline): Promise<Value> {
    for (;;) {
      calls += 1;
      try {
        const value = await call(deadline.signal());
        failure = undefined;
        last = shown(state?.(value));
        if (failOn?.(value)) throw ended("failed");
        if (until(value)) return value;
      } catch (error) {
        // After the end, no error of the call takes precedence, nothing is called any more, and no timer is set.
        deadline.signal().throwIfAborted();
        if (!(error instanceof ActionError && error.retryable)) throw error;
        failure = error;
      }
      deadline.signal().throwIfAborted();
      await deadline.wait(delayAfter(calls, interval, failure));
    }
  }

  const deadline = startDeadline(timeout, signal, endError);
  try {
    return await Promise.race([callUntilDone(deadline), deadline.cutShort]);
  } finally {
    deadline.clear();
  }
}

/** The delay after a call, in milliseconds; at least as long as the gateway asks for. */
function delayAfter(calls: number, interval: number, failure: ActionError | undefined): number {
  const { retryAfter = 0 } = (failure ?? {}) as { readonly retryAfter?: number | undefined };
  const longest = Math.min(Math.max(interval, 30_000), interval * 1.5 ** (calls - 1));
  return Math.max(retryAfter, longest * (0.5 + Math.random() / 2));
}

/** A state as errors quote it: short words only, which cannot contain a signature or a key. */
function shown(state = ""): string {
  return /^[\w ,.-]{0,39}$/.test(state) ? state : "";
}

/** How the state of what an action lists is found, and which states are final. */
export interface StateFields {
  /** Name of the response field with the list. */
  readonly items: string;
  /** Name of the field that identifies an item. */
  readonly id: string;
  /** Name of the field with the state of an item. */
  readonly state: string;
  /** States of an item that is done. */
  readonly done: readonly string[];
  /** States of an item that has failed. */
  readonly failed: readonly string[];
}

/**
 * Waits until every item with an ID is done: the implementation of generated functions. While no item has the ID, the wait
 * goes on, since a list may lack what has just been created.
 *
 * @param params those of the action, and the ID; the ID is sent if it is a parameter of the action.
 * @returns the items with the ID.
 * @throws WaitError if the time is up, or if an item has failed; other errors as {@link waitFor}.
 */
export function waitForItems<Item>(
  connection: Connection,
  operation: AnyOperation & { readonly paging?: Paging },
  { items, id, state, done, failed }: StateFields,
  params: object,
  { interval, timeout, signal, ...callOptions }: WaitOptions & CallOptions,
): Promise<Item[]> {
  type Fields = Readonly<Record<string, unknown>>;
  const { [id]: wanted, ...others } = params as Fields;
  const sent = Object.hasOwn(operation.parameters, id) ? params : others;
  const { paging } = operation;

  async function list(options: CallOptions): Promise<Fields[]> {
    if (paging === undefined)
      return ((await connection.call<object, Fields>(operation, sent, options))[items] ?? []) as Fields[];
    const all: Fields[] = [];
    for await (const item of pagedCall<Fields, Fields>(connection, { ...operation, paging }, sent, options))
      all.push(item);
    return all;
  }
  const isIn = (states: readonly string[]) => (item: Fields) => states.includes(String(item[state]));

  return poll(
    operation.action,
    async (own) => (await list({ ...callOptions, signal: own })).filter((item) => item[id] === wanted),
    {
      until: (found) => found.length > 0 && found.every(isIn(done)),
      failOn: (found) => found.some(isIn(failed)),
      state: (found) => [...new Set(found.map((item) => item[state]))].join(", ") || "not listed",
      interval,
      timeout,
      signal,
    },
  ) as Promise<readonly object[]> as Promise<Item[]>;
}
