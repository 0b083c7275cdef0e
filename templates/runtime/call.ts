import type { CallResult } from "./action-call.js";
import type { CredentialsSource } from "./credentials-source.js";
import { aborted, deadlinePassed, startDeadline } from "./deadline.js";
import {
  AbortError,
  ActionError,
  type CallError,
  type ErrorContext,
  HttpError,
  InvalidParameterError,
  InvalidResponseError,
  type ParameterFault,
  RetCodeError,
  TimeoutError,
  type Violation,
} from "./errors.js";
import { type Log, withoutTexts } from "./log.js";
import type { Middleware } from "./middleware.js";
import type { Observe } from "./observer.js";
import type { AnyOperation } from "./operation.js";
import { tryFlatten } from "./parameters.js";
import type { Fetch, PlatformSignal } from "./platform.js";
import { readResponse } from "./response.js";
import { momentOf, type RetryBudget, type RetryMoment, readRetryAfter } from "./retry.js";
import { secretsOf } from "./secrets.js";
import { type Attempt, readRequestId, send } from "./send.js";
import { signingParameters } from "./signature.js";

/** All that decides how a call is made: a client's options, with those of the call in their place. */
export interface CallSettings {
  readonly baseUrl: string;
  readonly requestIdHeader: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: CredentialsSource;
  readonly middleware: readonly Middleware[];
  readonly fetch: Fetch;
  /** In milliseconds, of the whole call; 0 for no limit. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly retryDelay: (moment: RetryMoment) => number;
  readonly budget: RetryBudget;
  readonly signal: PlatformSignal | undefined;
  readonly log: Log;
  readonly observe: Observe | undefined;
  readonly validate: ((action: string, body: object) => readonly Violation[]) | undefined;
  readonly onContractViolation: ((report: ContractReport) => void) | undefined;
}

/** What of an answer is not as the specification promises. */
export interface ContractReport {
  readonly action: string;
  readonly requestId: string | undefined;
  readonly violations: readonly Violation[];
}

/**
 * Makes a call: checks, then as many attempts as it takes and may take, within one deadline.
 *
 * @throws CallError, and what a middleware throws.
 */
export async function makeCall(
  operation: AnyOperation,
  params: object,
  settings: CallSettings,
): Promise<CallResult<object>> {
  const { action, retrySafe } = operation;
  const { log, observe, method, baseUrl } = settings;
  const parameters = prepare(operation, params);
  const observer = observe?.({ action, method, host: new URL(baseUrl).host });
  const deadline = startDeadline(settings.timeout, settings.signal);
  let attempts = 0;
  let isRefreshed = false;

  async function attempt(state: Attempt): Promise<CallResult<object>> {
    const request = {
      action,
      method,
      url: baseUrl,
      parameters,
      headers: settings.headers,
      attempt: attempts,
      signal: deadline.signal,
    };
    log("debug", `${action}: attempt ${attempts}`, () => ({
      method,
      parameters: withoutTexts(params, operation.secrets),
    }));
    const answer = await send(request, { ...settings, operation, retrySafe }, state);
    const secrets = () => secretsOf(state.signed, operation.secrets);
    const requestId = readRequestId(answer.headers, settings.requestIdHeader, secrets);
    const retryAfter = readRetryAfter(answer.headers.get("Retry-After"));
    const context = { action, attempts, retrySafe, requestId, retryAfter };
    const data = readResponse(answer, operation.retCodes, context, secrets);
    log("debug", `${action}: answered`, () => ({
      requestId,
      body: withoutTexts(data, operation.secrets),
    }));
    checkContract(data, answer.status, context);
    return {
      data,
      requestId,
      attempts,
      get response() {
        const { body, status, headers } = answer;
        return new Response(body, { status, headers });
      },
    };
  }

  function checkContract(data: object, status: number, context: ErrorContext): void {
    const violations = settings.validate?.(action, data) ?? [];
    if (violations.length === 0) return;
    const { onContractViolation: report } = settings;
    if (report !== undefined) {
      report({ action, requestId: context.requestId, violations });
      return;
    }
    const list = violations.map(({ path, problem }) => `${path} ${problem}`).join("; ");
    throw new InvalidResponseError(status, list, context, violations);
  }

  /** @returns milliseconds; `undefined` where the call has to end with the error. */
  function delayAfter(error: CallError, { credentials }: Attempt): number | undefined {
    if (attempts > settings.maxRetries) {
      if (isRefusal(error, operation) && credentials !== undefined) settings.credentials.refuse(credentials);
      return undefined;
    }
    if (isRefusal(error, operation)) {
      if (isRefreshed || credentials === undefined || !settings.credentials.refuse(credentials))
        return undefined;
      isRefreshed = true;
      return 0;
    }
    if (!error.retryable) return undefined;
    const delay = settings.retryDelay(momentOf(error, attempts, isThrottle(error, operation)));
    return delay < deadline.left() && settings.budget.take() ? delay : undefined;
  }

  async function work(): Promise<CallResult<object>> {
    // A signal that is aborted already ends the call before anybody is asked for anything.
    await deadline.race(Promise.resolve());
    for (;;) {
      attempts += 1;
      const state: Attempt = { credentials: undefined, signed: new Map(), answer: undefined };
      try {
        const result = await deadline.race(attempt(state));
        settings.budget.refund(attempts - 1);
        return result;
      } catch (failure) {
        if (!(failure instanceof ActionError)) throw failure;
        const error = failure as CallError;
        const delay = delayAfter(error, state);
        if (delay === undefined) throw error;
        log("warn", `${error.message} Trying again in ${Math.round(delay)} ms.`, () => error.toJSON());
        observer?.retry(error, delay);
        await deadline.race(wait(delay, deadline.signal));
      }
    }
  }

  try {
    const result = await (observer === undefined ? work() : observer.run(work));
    observer?.end({ attempts, requestId: result.requestId, error: undefined });
    return result;
  } catch (failure) {
    const error = ended(failure, attempts);
    log("error", error.message, () => (error instanceof ActionError ? error.toJSON() : { name: error.name }));
    const requestId = error instanceof ActionError ? error.requestId : undefined;
    observer?.end({ attempts, requestId, error });
    throw error;
  } finally {
    deadline.stop();
  }

  function ended(failure: unknown, tried: number): Error {
    const context = { action, retrySafe, attempts: tried };
    if (failure === deadlinePassed) return new TimeoutError(settings.timeout, context);
    if (failure !== aborted) return failure as Error;
    return new AbortError({ ...context, cause: (settings.signal as AbortSignal | undefined)?.reason });
  }
}

/** Checks and flattens. All faults at once. */
function prepare(operation: AnyOperation, params: object): ReadonlyMap<string, string> {
  const { action } = operation;
  const { flat, faults } = tryFlatten(params, operation);
  const reserved = ["Action", ...signingParameters].filter((name) => Object.hasOwn(params, name));
  const all: ParameterFault[] = [
    ...reserved.map((path) => ({ path, problem: "is set by the client, not by the call" })),
    ...faults,
  ];
  if (all.length > 0) throw new InvalidParameterError(all, { action });
  return new Map([["Action", action], ...flat]);
}

function isRefusal(error: CallError, { retCodes }: AnyOperation): boolean {
  return error instanceof RetCodeError && retCodes[error.retCode]?.retry === "credentials";
}

function isThrottle(error: CallError, { retCodes }: AnyOperation): boolean {
  if (error instanceof RetCodeError) return retCodes[error.retCode]?.retry === "throttle";
  return error instanceof HttpError && error.status === 429;
}

/** Ends early, and leaves no timer behind, when the call does. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
