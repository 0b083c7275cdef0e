/** A request that reached a fake gateway, without what signs it. */
export interface FakeCall<Params = object> {
  readonly action: string;
  /** The parameters as they were given to the client, as far as their types can be told from the texts of the wire. */
  readonly params: Params;
  /** The same as on the wire, flat, without `Action`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly method: "GET" | "POST";
  /** Headers that were sent along, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** 1 for the first. A request counts as another attempt where one with the same parameters failed before, and may be repeated. */
  readonly attempt: number;
  /** What it was answered; `undefined` while it is not, and for an answer without. */
  readonly retCode: number | undefined;
}

/** A success body, of which `RetCode` and `Action` may be left out. */
export type Given<Body> = Omit<Body, Envelope> & Partial<Pick<Body, Envelope & keyof Body>>;

type Envelope = "RetCode" | "Action";

/** What a call is answered: a success body, another reply, or a function of the call that gives one. */
export type Answer<Params, Body> =
  | Given<Body>
  | Reply
  | ((params: Params, call: FakeCall<Params>) => Given<Body> | Reply | Promise<Given<Body> | Reply>);

/** An answer as it goes out. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer other than a success body, made by one of the functions beside it. */
export class Reply {
  /** @param write gives the answer to a call of an action, or throws where there is to be none. */
  constructor(
    readonly write: (action: string) => HttpAnswer,
    /** How long it takes, in milliseconds. */
    readonly delay = 0,
  ) {}
}

/** Fails as the gateway does: with a RetCode, and HTTP status 200. */
export function fail(retCode: number, message = ""): Reply {
  return new Reply((action) => jsonAnswer({ RetCode: retCode, ...nameOf(action), Message: message }));
}

/**
 * Fails for once because there were too many requests: RetCode 153.
 *
 * @param retryAfter seconds that the gateway asks to wait; none where left out.
 */
export function throttled(retryAfter?: number): Reply {
  const { write } = fail(153, "Too many requests");
  return new Reply((action) => {
    const answer = write(action);
    return retryAfter === undefined
      ? answer
      : { ...answer, headers: { ...answer.headers, "Retry-After": `${retryAfter}` } };
  });
}

/** Answers with anything, such as the page of a proxy: `httpAnswer(502, "<html>…")`. */
export function httpAnswer(status: number, body = "", headers: Readonly<Record<string, string>> = {}): Reply {
  return new Reply(() => ({ status, body, headers }));
}

/** Gives no answer: `fetch` rejects as the platform's own does where a connection breaks. */
export function networkError(code = "ECONNRESET"): Reply {
  return new Reply(() => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  });
}

/** Answers after a time, unless the call is ended before. */
export function delayed(milliseconds: number, reply: Reply | object): Reply {
  const inner = reply instanceof Reply ? reply : success(reply);
  return new Reply(inner.write, inner.delay + milliseconds);
}

/** Answers with a success body, to which `RetCode` and `Action` are added where it lacks them. */
export function success(body: object): Reply {
  return new Reply((action) => jsonAnswer({ RetCode: 0, ...nameOf(action), ...body }));
}

function nameOf(action: string) {
  return action === "" ? {} : { Action: `${action}Response` };
}

function jsonAnswer(body: object): HttpAnswer {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
