import type { CallOutcome } from "./action-call.js";
import { type Deadline, startDeadline } from "./deadline.js";
import {
  AbortError,
  ActionError,
  type CallError,
  describeIssues,
  type HttpError,
  InvalidParameterError,
  InvalidResponseError,
  isUnsent,
  type NetworkError,
  type RetCodeError,
  TimeoutError,
  type Violation,
} from "./errors.js";
import type { LargeIntegers } from "./exact-json.js";
import type { CallLogger } from "./log.js";
import type { AnyOperation } from "./operation.js";
import { tryFlatten } from "./parameters.js";
import type { PlatformSignal } from "./platform.js";
import { readResponse } from "./response.js";
import { type RetryBudget, type RetryContext, readRetryAfter } from "./retry.js";
import { withoutSecrets } from "./secrets.js";
import { type Attempt, type CallContext, type SendSettings, send } from "./send.js";

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
  /** `undefined` if the call succeeded; a copy without secrets if a middleware threw an error of its own. */
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

/** Settings of a call: the options of the client, overridden by those of the call. */
export interface CallSettings extends SendSettings {
  readonly baseUrl: string;
  readonly requestIdHeader: string;
  readonly errorsUrl?: string | undefined;
  /** Names of the parameters that an option sets, by option. */
  readonly locations: Readonly<Record<string, string>>;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** Of the whole call, in milliseconds; 0 for no limit. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly retryDelay: (context: RetryContext) => number;
  readonly budget: RetryBudget;
  readonly signal?: PlatformSignal | undefined;
  readonly extraParams?: Readonly<Record<string, unknown>> | undefined;
  readonly logger?: CallLogger;
  readonly observe?: Observe;
  readonly largeIntegers: LargeIntegers;
  readonly validate?: (action: string, body: object) => readonly Violation[];
  readonly onContractViolation?: (report: ContractReport) => void;
}

/** Differences between a response and the specification. */
export interface ContractReport {
  readonly action: string;
  readonly requestId: string | undefined;
  readonly violations: readonly Violation[];
}

/**
 * Makes a call: checks the parameters, then sends as many attempts as necessary and allowed, within one deadline.
 *
 * @param prepare returns the parameters and the settings, or throws for invalid options.
 * @param context of the errors; updated while the call is made.
 * @throws CallError, and errors thrown by middleware.
 */
export async function makeCall(
  operation: AnyOperation,
  prepare: () => { readonly params: object; readonly settings: CallSettings },
  context: CallContext,
): Promise<CallOutcome<object>> {
  const { params, settings } = prepare();
  const { action, retCodes, retrySafe } = operation;
  const { method, baseUrl: url, headers, timeout, budget, credentials, logger, extraParams = {} } = settings;
  const { largeIntegers } = settings;
  const signal = settings.signal as AbortSignal | undefined;
  // Nothing is known of the others.
  const secrets = [...operation.secrets, ...Object.keys(extraParams)];
  let { redact } = credentials;
  const { flat: parameters, issues } = tryFlatten(params, operation, settings.locations, extraParams, redact);
  if (issues.length > 0) throw new InvalidParameterError(issues, context);
  context.outcome = "pending";
  const observer = settings.observe?.({ action, method, host: new URL(url).host });
  let number = 0;
  let paidRetries = 0;
  let hasNewCredentials = false;
  const endError = (isTimeout: boolean) =>
    isTimeout ? new TimeoutError(timeout, context) : new AbortError({ ...context, cause: signal?.reason });

  async function attemptUntilDone(deadline: Deadline): Promise<CallOutcome<object>> {
    for (;;) {
      number += 1;
      const state: Attempt = { context, deadline, secrets, redact };
      try {
        const result = await attempt(state);
        budget.refund(paidRetries);
        return result;
      } catch (failure) {
        const error = failure as CallError;
        // Once the call has ended, nothing is reported any more.
        const isFinal = deadline.reason() || !(error instanceof ActionError);
        const delay = isFinal ? undefined : delayAfter(error, state, deadline.left());
        if (delay === undefined) throw error;
        // An action that is not retry-safe is retried only after a failure without an effect.
        context.mayHaveEffect &&= retrySafe;
        logger?.retry(error, delay);
        observer?.retry(error, delay);
        await deadline.wait(delay);
      }
    }
  }

  async function attempt(state: Attempt): Promise<CallOutcome<object>> {
    logger?.attempt({ ...operation, secrets }, method, { ...params, ...extraParams }, number, redact);
    const request = { action, method, url, parameters, headers, attempt: number };
    const received = await send(request, settings, state).finally(() => {
      redact = state.redact;
    });
    const id = received.headers.get(settings.requestIdHeader) ?? undefined;
    // A header could quote the request; a UUID or a short word cannot, and most are.
    const requestId =
      id && !/^(?:\w{1,15}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.test(id) ? redact(id) : id;
    const retryAfter = readRetryAfter(received.headers.get("Retry-After"));
    const responseContext = { ...context, requestId, retryAfter, errorsUrl: settings.errorsUrl };
    const read = (integers?: LargeIntegers) =>
      readResponse(received, retCodes, responseContext, redact, integers);
    const data = read(largeIntegers);
    logger?.response(operation, requestId, data, redact);
    // Strings of digits would be violations.
    const found = settings.validate?.(action, largeIntegers === "string" ? read() : data) ?? [];
    // Names of unknown fields come from the response.
    const violations = found.map(({ path, problem }) => ({ path: redact(path), problem }));
    if (violations.length > 0) {
      const note = `violations: ${describeIssues(violations)}`;
      const { onContractViolation: report } = settings;
      if (!report) throw new InvalidResponseError(received.status, note, responseContext, violations);
      report({ action, requestId, violations });
    }
    operation.old?.body(data);
    return { data, requestId, attempts: context.attempts, received };
  }

  /** @returns milliseconds; `undefined` if the call ends with the error. */
  function delayAfter(error: CallError, { credentials: used }: Attempt, left: number): number | undefined {
    const {
      retCode = 0,
      status,
      retryAfter,
      code,
    } = error as Partial<RetCodeError & HttpError & NetworkError>;
    const advice = status === 429 ? "throttle" : retCodes[retCode]?.retry;
    // Reported even without a retry, so that later calls get new credentials.
    const hasOthers = advice === "credentials" && used && credentials.refuse(used);
    if (number > settings.maxRetries) return undefined;
    if (hasOthers && !hasNewCredentials) {
      hasNewCredentials = true;
      return 0;
    }
    if (!error.retryable) return undefined;
    const delay = settings.retryDelay({ attempt: number, throttled: advice === "throttle", retryAfter });
    if (delay >= left) return undefined;
    // A retry of a refused connection is no load on the gateway.
    if (isUnsent(code)) return delay;
    paidRetries += 1;
    return budget.take() ? delay : undefined;
  }

  let deadline: Deadline | undefined;
  let error: Error | undefined;
  let requestId: string | undefined;
  try {
    const started = startDeadline(timeout, signal, endError);
    deadline = started;
    const work = () => Promise.race([attemptUntilDone(started), started.cutShort]);
    const result = await (observer ? observer.run(work) : work());
    requestId = result.requestId;
    context.outcome = "succeeded";
    return result;
  } catch (failure) {
    // An error that a middleware threw may contain anything.
    error = failure instanceof ActionError ? failure : withoutSecrets(failure, redact);
    context.outcome = `failed with ${error.name}`;
    if (error instanceof ActionError) requestId = error.requestId;
    logger?.failure(error);
    throw failure;
  } finally {
    deadline?.clear();
    observer?.end({ attempts: context.attempts, requestId, error });
  }
}
