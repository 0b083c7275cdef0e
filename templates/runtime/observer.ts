import type { CallError } from "./errors.js";

/** Facts about a call that are known at its start. */
export interface CallStart {
  readonly action: string;
  /** Host and port of the gateway. */
  readonly host: string;
  readonly method: "GET" | "POST";
}

/** Outcome of a call. */
export interface CallEnd {
  readonly attempts: number;
  readonly requestId: string | undefined;
  /** `undefined` if the call succeeded; not a `CallError` if a middleware threw an error of its own. */
  readonly error: CallError | Error | undefined;
}

/** Observes one call, for spans and metrics. */
export interface CallObserver {
  /** Runs the work of the call, so that operations it starts can be attributed to it. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Called before each retry with the error and the delay in milliseconds. */
  retry(error: CallError, delay: number): void;
  end(end: CallEnd): void;
}

/** Creates the observer of a call. Called at the start of each call. */
export type Observe = (call: CallStart) => CallObserver;
