import type { PlatformResponse, PlatformSignal } from "./platform.js";

/** One attempt of a call before it is signed: nothing in it can be repeated by whoever sees it. */
export interface ActionRequest {
  readonly action: string;
  /** GET with a query, or POST with a form. */
  readonly method: "GET" | "POST";
  /** Where the gateway is, without the query. */
  readonly url: string;
  /** Flat parameters as on the wire, `Action` among them and those that signing adds not. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  /** 1 for the first. */
  readonly attempt: number;
  /** Ends with the call. */
  readonly signal: PlatformSignal;
}

/**
 * Stands between a call and its signature, once for each attempt. It may hand a changed request to `next`, look at or
 * replace the answer, or give one itself and not ask `next` at all.
 *
 * The first of a list is the outermost. Errors of `next` are those of `NetworkError` and `CredentialsError`; what a
 * middleware throws itself ends the call as it is, and is not retried.
 */
export type Middleware = (
  request: ActionRequest,
  next: (request: ActionRequest) => Promise<PlatformResponse>,
) => Promise<PlatformResponse>;
