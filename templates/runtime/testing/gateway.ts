import type { KeyPair } from "../credentials.js";
import { onAbort } from "../deadline.js";
import { suggestion } from "../nearest.js";
import type { AnyOperation, Operation } from "../operation.js";
import type { Fetch, FetchInit } from "../platform.js";
import { signingParameters } from "../signature.js";
import {
  type FakeCall,
  fail,
  MockReply,
  type MockResponse,
  retCodeOf,
  success,
  toResponse,
} from "./replies.js";
import { checkRequest, readRequest } from "./request.js";
import { readParameters } from "./typed-parameters.js";

/** Key pair without access to anything, for clients that call a fake gateway. */
export const testCredentials: KeyPair = {
  publicKey: "public-key-for-tests",
  privateKey: "private-key-for-tests",
};

/** Options of `createFakeGateway`. */
export interface FakeGatewayOptions {
  /** Key pair, and token if there is one, that the gateway accepts. Default: {@link testCredentials}. */
  readonly credentials?: KeyPair | undefined;
  /** Response header with the request id. */
  readonly requestIdHeader?: string | undefined;
}

/** Documented example of a call, with its response. */
export interface OperationExample<Params extends object, Body extends object> {
  readonly operation: Operation<Params, Body>;
  readonly params: Params;
  readonly response: Body;
}

/** In-memory gateway for tests. */
export interface FakeGateway {
  /** For a client's option `fetch`. */
  readonly fetch: Fetch;
  /** Options of a client that calls the gateway, and retries without a delay: `createClient(gateway.clientOptions)`. */
  readonly clientOptions: {
    readonly credentials: KeyPair;
    readonly fetch: Fetch;
    readonly retryDelay: () => number;
  };
  /** Requests so far, in the order in which they arrived. */
  readonly calls: readonly FakeCall[];
  /** Requests of one action. */
  callsOf<Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
  ): readonly FakeCall<Params>[];
  /**
   * Sets the responses to requests of an action, in place of earlier ones: the first request gets the first response,
   * and so on. The last response is repeated.
   */
  on<Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    ...responses: readonly [MockResponse<Params, Body>, ...MockResponse<Params, Body>[]]
  ): FakeGateway;
  /** Responds to every request of an action with its documented example. */
  onExample<Params extends object, Body extends object>(example: OperationExample<Params, Body>): FakeGateway;
  /**
   * Checks, at the end of a test, that the program under test has not swallowed an error of the test itself, and that it has
   * made every call that the test expects.
   *
   * @throws Error with the calls of actions without a response, the errors that response functions threw, and the responses
   *   that no call has got since they were set.
   */
  verify(): void;
  /**
   * Forgets the calls and errors so far, for a gateway that several tests share. The responses stay, and `verify` does not
   * list them, since not every test uses each of them.
   */
  reset(): void;
}

interface Handler {
  readonly operation: AnyOperation;
  readonly responses: readonly unknown[];
  turn: number;
  isShared: boolean;
}

type MutableCall = { -readonly [Key in keyof FakeCall]: FakeCall[Key] };

/** Creates a fake gateway without any response. */
export function createFakeGateway(options: FakeGatewayOptions = {}): FakeGateway {
  const { credentials = testCredentials, requestIdHeader = "X-Request-Id" } = options;
  const handlers = new Map<string, Handler>();
  const calls: MutableCall[] = [];
  /** Last request of each action and parameters, if it failed and a client can retry it. */
  const failed = new Map<string, MutableCall>();
  const errors: string[] = [];
  let requests = 0;

  function addError(message: string): string {
    errors.push(message);
    return message;
  }

  function unknownAction(action: string): string {
    const names = [...handlers.keys()];
    const many = `${names.length} other actions${suggestion(action, names)}`;
    const known = names.length > 20 ? many : names.join(", ") || "no action";
    const problem = `Action [${action}] not found: the fake gateway has responses for ${known}`;
    return addError(`${problem}. Set one with \`on\`.`);
  }

  async function reply(call: MutableCall, flat: ReadonlyMap<string, string>): Promise<MockReply> {
    const handler = handlers.get(call.action);
    const typed = readParameters(new Map(Object.entries(call.parameters)), handler?.operation ?? noFields);
    call.params = typed.params;
    const unknown = () => unknownAction(call.action);
    const failure = await checkRequest(flat, handler?.operation, typed, credentials, unknown);
    if (failure !== undefined || handler === undefined) return failure ?? fail(161);
    const response = handler.responses[Math.min(handler.turn, handler.responses.length - 1)];
    handler.turn += 1;
    try {
      const value: unknown = typeof response === "function" ? await response(call.params, call) : response;
      return value instanceof MockReply ? value : success(value as object);
    } catch (error) {
      const reason = (error as Error)?.message ?? error;
      return fail(testError, addError(`The response function of ${call.action} threw: ${reason}`));
    }
  }

  async function fetch(url: string, init: FetchInit): Promise<Response> {
    const signal = init.signal as AbortSignal | undefined;
    signal?.throwIfAborted();
    requests += 1;
    const defaults = { [requestIdHeader]: `fake-${requests}` };
    let flat: Map<string, string>;
    try {
      flat = readRequest(url, init);
    } catch (error) {
      const message = addError(`The request is invalid: ${(error as Error).message}`);
      return toResponse(fail(testError, message).write(""), defaults);
    }
    const call = callOf(flat, init);
    const key = JSON.stringify([call.action, call.parameters]);
    call.attempt += failed.get(key)?.attempt ?? 0;
    failed.delete(key);
    calls.push(call);
    try {
      const chosen = await reply(call, flat);
      if (chosen.delay > 0) await wait(chosen.delay, signal);
      signal?.throwIfAborted();
      const response = chosen.write(call.action);
      call.retCode = retCodeOf(response.body);
      return toResponse(response, defaults);
    } finally {
      if (canRetry(call)) failed.set(key, call);
    }
  }

  function canRetry({ action, retCode }: FakeCall): boolean {
    if (retCode === undefined) return true;
    return (handlers.get(action)?.operation.retCodes[retCode]?.retry ?? "never") !== "never";
  }

  const gateway: FakeGateway = {
    fetch,
    clientOptions: { credentials, fetch, retryDelay: () => 0 },
    calls,
    callsOf: ({ action }) => calls.filter((call) => call.action === action) as unknown as FakeCall<never>[],
    on(operation, ...responses) {
      handlers.set(operation.action, { operation, responses, turn: 0, isShared: false });
      return gateway;
    },
    onExample: ({ operation, response }) => gateway.on(operation, response),
    verify() {
      const problems = [...errors, ...[...handlers.values()].flatMap(unused)];
      if (problems.length > 0) throw new Error(problems.join("\n"));
    },
    reset() {
      calls.length = 0;
      errors.length = 0;
      failed.clear();
      for (const handler of handlers.values()) handler.isShared = true;
    },
  };
  return gateway;
}

/** The problem of responses that were set and not used; empty if there are none. */
function unused({ operation, responses, turn, isShared }: Handler): string[] {
  const { length } = responses;
  if (isShared || turn >= length) return [];
  const isOne = turn + 1 === length;
  const which = isOne ? `Response ${length}` : `Responses ${turn + 1} to ${length}`;
  const problem = `${which} of ${length} to ${operation.action} ${isOne ? "was" : "were"} not used after ${turn} calls.`;
  return [`${problem} Make the calls that the test expects, or set fewer responses.`];
}

function callOf(flat: ReadonlyMap<string, string>, { method, headers }: FetchInit): MutableCall {
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

/** RetCode of errors of the test itself. The gateway does not use it, and clients do not retry it. */
const testError = -1;

const noFields = { parameters: {}, models: {} };

/** Resolves early if the signal is aborted. */
function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stopListening = signal && onAbort(signal, finish);
    const timer = setTimeout(finish, milliseconds);
    function finish() {
      clearTimeout(timer);
      stopListening?.();
      resolve();
    }
  });
}
