import type { CallResult } from "./action-call.js";
import { withDeadline } from "./deadline.js";
import {
  AbortError,
  ActionError,
  type CallError,
  type ErrorContext,
  type HttpError,
  InvalidParameterError,
  InvalidResponseError,
  listOf,
  type RetCodeError,
  TimeoutError,
  type Violation,
} from "./errors.js";
import type { CallLogger } from "./log.js";
import type { Observe } from "./observer.js";
import type { AnyOperation } from "./operation.js";
import { tryFlatten } from "./parameters.js";
import type { PlatformSignal } from "./platform.js";
import { readResponse } from "./response.js";
import { type RetryBudget, type RetryMoment, readRetryAfter } from "./retry.js";
import { redactionOf } from "./secrets.js";
import { type Attempt, responseOf, type Sending, send } from "./send.js";

/** All that decides how a call is made: a client's options, with those of the call in their place. */
export interface CallSettings extends Sending {
  readonly baseUrl: string;
  readonly requestIdHeader: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** In milliseconds, of the whole call; 0 for no limit. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly retryDelay: (moment: RetryMoment) => number;
  readonly budget: RetryBudget;
  readonly signal?: PlatformSignal;
  readonly logger?: CallLogger;
  readonly observe?: Observe;
  readonly validate?: (action: string, body: object) => readonly Violation[];
  readonly onContractViolation?: (report: ContractReport) => void;
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
  const { action, retrySafe, retCodes, secrets } = operation;
  const { method, baseUrl: url, headers, timeout, budget, credentials, logger } = settings;
  const signal = settings.signal as AbortSignal | undefined;
  const { flat: parameters, faults } = tryFlatten(params, operation);
  if (faults.length > 0) throw new InvalidParameterError(faults, { action });
  const observer = settings.observe?.({ action, method, host: new URL(url).host });
  let attempts = 0;
  let isRefreshed = false;
  const contextNow = (cause?: { cause: unknown }) => ({ action, retrySafe, attempts, ...cause });
  const errorAtEnd = (isTimeUp: boolean) =>
    isTimeUp
      ? new TimeoutError(timeout, contextNow())
      : new AbortError(contextNow({ cause: signal?.reason }));

  const work = () =>
    withDeadline(timeout, signal, errorAtEnd, async (deadline) => {
      for (;;) {
        attempts += 1;
        const state: Attempt = { context: contextNow(), secrets, hide: redactionOf() };
        try {
          const result = await attempt(deadline.signal, state);
          budget.refund(attempts - 1);
          return result;
        } catch (failure) {
          const error = failure as CallError;
          // After its end nobody is told of the call any more.
          const isOver = deadline.signal.aborted || !(error instanceof ActionError);
          const delay = isOver ? undefined : delayAfter(error, state, deadline.left());
          if (delay === undefined) throw error;
          logger?.retry(error, delay);
          observer?.retry(error, delay);
          await deadline.wait(delay);
        }
      }
    });

  async function attempt(signal: AbortSignal, state: Attempt): Promise<CallResult<object>> {
    logger?.attempt(operation, method, params, attempts);
    const request = { action, method, url, parameters, headers, attempt: attempts, signal };
    const answer = await send(request, settings, state);
    const id = answer.headers.get(settings.requestIdHeader) ?? undefined;
    // A header could quote the request; a short word holds no signature.
    const requestId = id && !/^[\w-]{1,39}$/.test(id) ? state.hide(id) : id;
    const retryAfter = readRetryAfter(answer.headers.get("Retry-After"));
    const context = { ...state.context, requestId, retryAfter };
    const data = readResponse(answer, retCodes, context, state.hide);
    logger?.answer(operation, requestId, data);
    checkContract(data, answer.status, context, settings);
    return {
      data,
      requestId,
      attempts,
      get response() {
        return responseOf(answer);
      },
    };
  }

  /** @returns milliseconds; `undefined` where the call has to end with the error. */
  function delayAfter(error: CallError, { credentials: used }: Attempt, left: number): number | undefined {
    const { retCode = 0, status, retryAfter } = error as Partial<RetCodeError & HttpError>;
    const advice = status === 429 ? "throttle" : retCodes[retCode]?.retry;
    const hasOthers = advice === "credentials" && used && credentials.refuse(used);
    if (attempts > settings.maxRetries) return undefined;
    if (hasOthers && !isRefreshed) {
      isRefreshed = true;
      return 0;
    }
    if (!error.retryable) return undefined;
    const delay = settings.retryDelay({ attempt: attempts, throttled: advice === "throttle", retryAfter });
    return delay < left && budget.take() ? delay : undefined;
  }

  try {
    const result = await (observer ? observer.run(work) : work());
    observer?.end({ attempts, requestId: result.requestId, error: undefined });
    return result;
  } catch (failure) {
    const error = failure as Error;
    logger?.failure(error);
    const requestId = error instanceof ActionError ? error.requestId : undefined;
    observer?.end({ attempts, requestId, error });
    throw error;
  }
}

/** Holds an answer against the specification, where that was asked for. @throws InvalidResponseError */
function checkContract(
  data: object,
  status: number,
  context: ErrorContext & { action: string },
  { validate, onContractViolation: report }: CallSettings,
): void {
  const { action, requestId } = context;
  const violations = validate?.(action, data) ?? [];
  if (violations.length === 0) return;
  if (report) report({ action, requestId, violations });
  else throw new InvalidResponseError(status, `faults: ${listOf(violations)}`, context, violations);
}
