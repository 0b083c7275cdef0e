/** Request that reached a fake gateway, without its signature. */
export interface FakeCall<Params = object> {
  readonly action: string;
  /** Parameters as passed to the client, as far as their types can be restored from the strings on the wire. */
  readonly params: Params;
  /** The same parameters as on the wire: flat strings, without `Action`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly method: "GET" | "POST";
  /** Headers of the request, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** 1 for the first. A request is another attempt if one with the same parameters failed before and can be retried. */
  readonly attempt: number;
  /** RetCode of the response; `undefined` until there is one, and for a response without a RetCode. */
  readonly retCode: number | undefined;
}

/** Success body in which `RetCode` and `Action` are optional. */
export type PartialBody<Body> = Omit<Body, Envelope> & Partial<Pick<Body, Envelope & keyof Body>>;

type Envelope = "RetCode" | "Action";

/** Response to a call: a success body, a {@link MockReply}, or a function of the call that returns either. */
export type MockResponse<Params, Body> =
  | PartialBody<Body>
  | MockReply
  | ((
      params: Params,
      call: FakeCall<Params>,
    ) => PartialBody<Body> | MockReply | Promise<PartialBody<Body> | MockReply>);

/** Response as it is sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Response other than a success body. Created by `fail`, `throttled`, `httpResponse`, `networkError` and `delayed`. */
export class MockReply {
  /** @param write returns the response to a call of an action, or throws if no response is to be sent. */
  constructor(
    readonly write: (action: string) => HttpResponse,
    /** Milliseconds before the response is sent. */
    readonly delay = 0,
  ) {}
}

/** Fails as the gateway does, with a RetCode and HTTP status 200. */
export function fail(retCode: number, message = ""): MockReply {
  return new MockReply((action) => jsonResponse({ RetCode: retCode, ...envelope(action), Message: message }));
}

/**
 * Fails with RetCode 153, too many requests.
 *
 * @param retryAfter seconds for the header `Retry-After`. Default: no such header.
 */
export function throttled(retryAfter?: number): MockReply {
  const { write } = fail(153, "Too many requests");
  const added = retryAfter === undefined ? [] : [["Retry-After", `${retryAfter}`] as const];
  return new MockReply((action) => {
    const response = write(action);
    return { ...response, headers: [...response.headers, ...added] };
  });
}

/** Sends an arbitrary HTTP response, such as the error page of a proxy: `httpResponse(502, "<html>…")`. */
export function httpResponse(
  status: number,
  body = "",
  headers: Readonly<Record<string, string>> = {},
): MockReply {
  return new MockReply(() => ({ status, body, headers: Object.entries(headers) }));
}

/** Sends no response: `fetch` rejects as the platform's own does when a connection breaks. */
export function networkError(code = "ECONNRESET"): MockReply {
  return new MockReply(() => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  });
}

/** Responds after a delay, unless the call ends before. */
export function delayed(milliseconds: number, reply: MockReply | object): MockReply {
  const inner = reply instanceof MockReply ? reply : success(reply);
  return new MockReply(inner.write, inner.delay + milliseconds);
}

/** Responds with a success body. `RetCode` and `Action` are added if it lacks them. */
export function success(body: object): MockReply {
  return new MockReply((action) => jsonResponse({ RetCode: 0, ...envelope(action), ...body }));
}

function envelope(action: string) {
  return action === "" ? {} : { Action: `${action}Response` };
}

function jsonResponse(body: object): HttpResponse {
  return { status: 200, headers: [["Content-Type", "application/json"]], body: JSON.stringify(body) };
}

/**
 * Converts a response to the platform's own.
 *
 * @param defaults headers that the response's own replace.
 */
export function toResponse(
  { status, headers, body }: HttpResponse,
  defaults: Readonly<Record<string, string>> = {},
): Response {
  const all = new Headers(defaults);
  for (const [name] of headers) all.delete(name);
  for (const [name, value] of headers) all.append(name, value);
  const isEmpty = body === "" || [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : body, { status, headers: all });
}

/** RetCode of a body; `undefined` if it has none. */
export function retCodeOf(body: string): number | undefined {
  try {
    const code = Number((JSON.parse(body) as { RetCode?: unknown } | null)?.RetCode ?? Number.NaN);
    return Number.isInteger(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
