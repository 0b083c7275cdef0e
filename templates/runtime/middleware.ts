import type { PlatformResponse, PlatformSignal } from "./platform.js";

/** One attempt of a call before it is signed. It contains nothing that would allow a reader to send it again. */
export interface ActionRequest {
  readonly action: string;
  /** GET with a query, or POST with a form. */
  readonly method: "GET" | "POST";
  /** URL of the gateway, without the query. */
  readonly url: string;
  /** Flat parameters as on the wire, `Action` included, without those that signing adds. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Aborted when the call ends early. */
  readonly signal: PlatformSignal;
}

/**
 * Wraps each attempt of a call, before the request is signed. A middleware can pass a changed request to `next`, inspect or
 * replace the response, or return a response of its own without calling `next`.
 *
 * The first middleware of a list is the outermost. `next` rejects with `NetworkError`, `HttpError` or `CredentialsError`. An
 * error that a middleware itself throws ends the call as it is, without a retry.
 */
export type Middleware = (
  request: ActionRequest,
  next: (request: ActionRequest) => Promise<PlatformResponse>,
) => Promise<PlatformResponse>;
