import type { Credentials } from "../credentials.js";
import type { AnyOperation, Operation } from "../operation.js";
import type { Fetch, FetchInit } from "../platform.js";
import { signingParameters } from "../signature.js";
import { checkRequest } from "./checks.js";
import { type Answer, type FakeCall, fail, type HttpAnswer, Reply, success } from "./replies.js";
import { readRequest } from "./request.js";
import { readParameters } from "./typed-parameters.js";

/** A key pair that opens nothing, for a client that is to call a fake gateway. */
export const testCredentials: Credentials = {
  publicKey: "public-key-for-tests",
  privateKey: "private-key-for-tests",
};

/** How to make a fake gateway. */
export interface FakeGatewayOptions {
  /** The key pair, and the token if there is one, that it knows. Default: {@link testCredentials}. */
  readonly credentials?: Credentials | undefined;
  /** Response header that names the request. */
  readonly requestIdHeader?: string | undefined;
}

/** A call and its answer, as the documentation shows them. */
export interface OperationExample<Params extends object, Body extends object> {
  readonly operation: Operation<Params, Body>;
  readonly params: Params;
  readonly answer: Body;
}

/** Answers in place of the gateway, without a network. */
export interface FakeGateway {
  /** For a client's option of this name. */
  readonly fetch: Fetch;
  /** Options for a client that calls it, and does not wait before it tries again: `createClient(gateway.clientOptions)`. */
  readonly clientOptions: {
    readonly credentials: Credentials;
    readonly fetch: Fetch;
    readonly retryDelay: () => number;
  };
  /** Every request that came, in the order in which they came. */
  readonly calls: readonly FakeCall[];
  /** Those of one action. */
  callsOf<Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
  ): readonly FakeCall<Params>[];
  /**
   * Says what requests of an action are answered: the first with the first answer, and so on; the last answer also counts
   * for all that follow. In place of what was said before.
   */
  on<Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    ...answers: readonly [Answer<Params, Body>, ...Answer<Params, Body>[]]
  ): FakeGateway;
  /** Answers every request of an action with its documented example. */
  onExample<Params extends object, Body extends object>(example: OperationExample<Params, Body>): FakeGateway;
  /**
   * For the end of a test: whether a program that takes failures lightly hid one of the test's own.
   *
   * @throws Error that lists the calls of actions without an answer, and what functions that were to answer threw.
   */
  verify(): void;
}

interface Handler {
  readonly operation: AnyOperation;
  readonly answers: readonly unknown[];
  turn: number;
}

type Recorded = { -readonly [Key in keyof FakeCall]: FakeCall[Key] };

/** Makes a fake gateway that knows no action yet. */
export function createFakeGateway(options: FakeGatewayOptions = {}): FakeGateway {
  const { credentials = testCredentials, requestIdHeader = "X-Request-Id" } = options;
  const handlers = new Map<string, Handler>();
  const calls: Recorded[] = [];
  /** The last request of each action and parameters, where it came to nothing and a client may try again. */
  const failed = new Map<string, Recorded>();
  const unexpected: string[] = [];

  function blame(what: string): string {
    unexpected.push(what);
    return what;
  }

  function unknownAction(action: string): string {
    const known = [...handlers.keys()].join(", ") || "none";
    return blame(`No answer was given for ${action}: use \`on\` of the fake gateway. Answered are: ${known}`);
  }

  async function reply(call: Recorded, flat: ReadonlyMap<string, string>): Promise<Reply> {
    const handler = handlers.get(call.action);
    const operation = handler?.operation;
    const own = new Map(Object.entries(call.parameters));
    const typed = readParameters(own, operation ?? { ...noOperation, action: call.action });
    call.params = typed.params;
    const refusal = await checkRequest(flat, operation, typed, credentials, () => unknownAction(call.action));
    if (refusal !== undefined || handler === undefined) return refusal ?? fail(161);
    const answer = handler.answers[Math.min(handler.turn, handler.answers.length - 1)];
    handler.turn += 1;
    try {
      const given: unknown = typeof answer === "function" ? await answer(call.params, call) : answer;
      return given instanceof Reply ? given : success(given as object);
    } catch (error) {
      return fail(
        ownFault,
        blame(`The answer to ${call.action} threw: ${(error as Error)?.message ?? error}`),
      );
    }
  }

  async function fetch(url: string, init: FetchInit): Promise<Response> {
    const signal = init.signal as AbortSignal | undefined;
    signal?.throwIfAborted();
    let flat: Map<string, string>;
    try {
      flat = readRequest(url, init);
    } catch (error) {
      const what = blame(`It is no request of a client: ${(error as Error).message}`);
      return responseOf(fail(ownFault, what).write(""), "fake-0");
    }
    const call = callOf(flat, init);
    const key = JSON.stringify([call.action, call.parameters]);
    call.attempt += failed.get(key)?.attempt ?? 0;
    failed.delete(key);
    const id = `fake-${calls.push(call)}`;
    try {
      const chosen = await reply(call, flat);
      if (chosen.delay > 0) await wait(chosen.delay, signal);
      signal?.throwIfAborted();
      const answer = chosen.write(call.action);
      call.retCode = retCodeOf(answer.body);
      return responseOf(answer, id);
    } finally {
      if (isRepeatable(call)) failed.set(key, call);
    }
  }

  function isRepeatable({ action, retCode }: FakeCall): boolean {
    if (retCode === undefined) return true;
    const { retry = "never" } = handlers.get(action)?.operation.retCodes[retCode] ?? {};
    return retry !== "never";
  }

  function responseOf({ status, headers, body }: HttpAnswer, id: string): Response {
    const all = { [requestIdHeader]: id, ...headers };
    return new Response(body === "" ? null : body, { status, headers: all });
  }

  const gateway: FakeGateway = {
    fetch,
    clientOptions: { credentials, fetch, retryDelay: () => 0 },
    calls,
    callsOf: ({ action }) => calls.filter((call) => call.action === action) as unknown as FakeCall<never>[],
    on(operation, ...answers) {
      handlers.set(operation.action, { operation, answers, turn: 0 });
      return gateway;
    },
    onExample: ({ operation, answer }) => gateway.on(operation, answer),
    verify() {
      if (unexpected.length > 0) throw new Error(unexpected.join("\n"));
    },
  };
  return gateway;
}

function callOf(flat: ReadonlyMap<string, string>, { method, headers }: FetchInit): Recorded {
  const own = [...flat].filter(([name]) => name !== "Action" && !signingParameters.includes(name));
  return {
    action: flat.get("Action") ?? "",
    params: {},
    parameters: Object.fromEntries(own),
    method: method as "GET" | "POST",
    headers: { ...headers },
    attempt: 1,
    retCode: undefined,
  };
}

/** No RetCode of the gateway, and none that is tried again: the test is at fault. */
const ownFault = -1;

const noOperation = { retrySafe: false, parameters: {}, models: {}, secrets: [], retCodes: {} };

function retCodeOf(body: string): number | undefined {
  try {
    const { RetCode } = JSON.parse(body) as { RetCode?: unknown };
    return Number.isInteger(Number(RetCode ?? Number.NaN)) ? Number(RetCode) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws the signal's reason as soon as it is aborted. */
function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
