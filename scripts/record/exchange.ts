import type { Action } from "../model/api-model.js";

/** A call of an action with its response, as they were sent. */
export interface Exchange {
  readonly action: Action;
  readonly method: string;
  /** Flat parameters of the query and of the body, with `Action` and the signature. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** A JSON object. */
  readonly body: string;
  /** Time of the request, in ISO 8601. */
  readonly startedAt: string;
  /** Duration in milliseconds. */
  readonly time: number;
}
