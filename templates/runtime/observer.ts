import type { CallError } from "./errors.js";

/** What an observer is told of a call at its start. */
export interface CallStart {
  readonly action: string;
  /** Host and port of the gateway. */
  readonly host: string;
  readonly method: "GET" | "POST";
}

/** How a call ended. */
export interface CallEnd {
  readonly attempts: number;
  readonly requestId: string | undefined;
  /** `undefined` where it succeeded; not one of these where a middleware threw something of its own. */
  readonly error: CallError | Error | undefined;
}

/** Follows one call, for spans and metrics. */
export interface CallObserver {
  /** Runs the work of the call, so that what it starts can be attributed to it. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** A retry is going to follow a failure after a wait, in milliseconds. */
  retry(error: CallError, delay: number): void;
  end(end: CallEnd): void;
}

/** Asked at the start of each call. */
export type Observe = (call: CallStart) => CallObserver;
