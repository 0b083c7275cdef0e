import {
  type Credentials,
  type CredentialsSource,
  privateKeyOf,
  type Signer,
  type SignerCredentials,
} from "./credentials.js";
import { type Deadline, startDeadline } from "./deadline.js";
import {
  CredentialsError,
  type ErrorContext,
  HttpError,
  InvalidParameterError,
  InvalidResponseError,
  NetworkError,
  TimeoutError,
} from "./errors.js";
import type { Limit } from "./limit.js";
import { queryOf } from "./parameters.js";
import type { Fetch, PlatformResponse, PlatformSignal } from "./platform.js";
import type { ReceivedResponse } from "./response.js";
import {
  containsKey,
  type Redaction,
  redactionOf,
  systemCode,
  withoutLongWords,
  withoutSecrets,
} from "./secrets.js";
import { sign, stringToSign, withCredentials } from "./signature.js";

/** One attempt of a call before it is signed. It contains nothing that would allow a reader to send it again. */
export interface ActionRequest {
  readonly action: string;
  /** GET with a query, which is sent as POST if the URL would be too long; or POST with a form. */
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
 * The first middleware of a list is the outermost. `next` rejects with a `CallError` if no response arrives. An
 * error that a middleware itself throws ends the call as it is, without a retry.
 */
export type Middleware = (
  request: ActionRequest,
  next: (request: ActionRequest) => Promise<PlatformResponse>,
) => Promise<PlatformResponse>;

/** State of a call. */
export interface CallContext extends ErrorContext {
  readonly action: string;
  readonly retrySafe: boolean;
  attempts: number;
  mayHaveEffect: boolean;
  /** `failed` until the options and parameters are found to be valid. */
  outcome: string;
}

/** State of one attempt. `send` sets the last two before it can fail. */
export interface Attempt {
  /** State of the call, which `send` updates. */
  readonly context: CallContext;
  /** Deadline of the call. */
  readonly deadline: Deadline;
  /** Names of secret parameters. */
  readonly secrets: readonly string[];
  /** Redacts the secrets of the signed request. */
  redact: Redaction;
  credentials?: Credentials;
}

/** Settings with which all attempts of a call are sent. */
export interface SendSettings {
  readonly credentials: CredentialsSource;
  readonly middleware: readonly Middleware[];
  readonly fetch: Fetch;
  /** Of one attempt, in milliseconds; 0 for no limit. */
  readonly attemptTimeout: number;
  readonly limit?: Limit | undefined;
}

/**
 * Sends one attempt through the middleware in order, then signs it, then passes it to `fetch`. Middleware sees neither the
 * signed request nor its URL.
 *
 * @throws NetworkError, HttpError, CredentialsError, and errors thrown by middleware.
 */
export function send(
  request: UnlimitedRequest,
  settings: SendSettings,
  attempt: Attempt,
): Promise<ReceivedResponse> {
  if (settings.middleware.length === 0) return signAndFetch(request, settings, attempt);
  const chain = settings.middleware.reduceRight<(inner: ActionRequest) => Promise<PlatformResponse>>(
    (next, middleware) => async (inner) => await middleware(inner, next),
    async (inner) => {
      const { body, ...received } = await signAndFetch(inner, settings, attempt);
      const response = responseOf({ ...received, body: received.redact(body) });
      bodies.set(response, body);
      return response;
    },
  );
  return chain({ ...request, signal: attempt.deadline.signal() }).then(receive);
}

/** Bodies of the responses that middleware sees, in which a gateway may have quoted the signed request. */
const bodies = new WeakMap<PlatformResponse, string>();

/** A request whose signal is that of the call, unless it has one of its own. */
type UnlimitedRequest = Omit<ActionRequest, "signal"> & Partial<Pick<ActionRequest, "signal">>;

async function signAndFetch(
  request: UnlimitedRequest,
  settings: SendSettings,
  attempt: Attempt,
): Promise<Required<ReceivedResponse>> {
  const { context } = attempt;
  const { attemptTimeout, limit } = settings;
  const signal = request.signal as AbortSignal | undefined;
  const endError = (isTimeout: boolean) =>
    isTimeout
      ? new TimeoutError(attemptTimeout, context, "attemptTimeout")
      : (signal?.reason ?? attempt.deadline.reason());
  const signed = await signRequest(request, settings, attempt);
  const query = queryOf(signed);
  await limit?.start(signal ?? attempt.deadline.signal());
  let deadline: Deadline | undefined;
  let response: ReceivedResponse;
  try {
    deadline = startDeadline(attemptTimeout, signal ?? attempt.deadline, endError);
    context.attempts = request.attempt;
    context.mayHaveEffect = true;
    const sent = { ...request, signal: deadline.signal() };
    response = await Promise.race([fetchQuery(sent, query, settings.fetch, attempt), deadline.cutShort]);
  } finally {
    deadline?.clear();
    limit?.end();
  }
  const { status, headers } = response;
  const location = headers.get("Location")?.replace(/[?#].*/s, "");
  // In browsers, a redirect that is not followed has status 0 and no headers.
  if (status === 0 || (location && status > 299 && status < 400)) {
    const target = location ? attempt.redact(location) : "another URL";
    const note = `a redirect to ${target}, which is not followed; check baseUrl`;
    throw new InvalidResponseError(status, note, { ...context, retrySafe: false });
  }
  // A `Response` cannot have such a status.
  if (status < 200 || status > 599) throw new HttpError(status, "an invalid status", context);
  // Not what the caller's own parameters hide, which can be any word.
  return { ...response, redact: redactionOf(signed, [], privateKeyOf(attempt.credentials ?? {})) };
}

/** @returns the parameters to send. */
async function signRequest(
  request: UnlimitedRequest,
  { credentials }: SendSettings,
  attempt: Attempt,
): Promise<Map<string, string>> {
  const { context, secrets } = attempt;
  let used: Credentials;
  try {
    used = await credentials.get();
  } catch (failure) {
    // All calls that wait for a provider share one failure: each needs an error of its own.
    const { message, cause } = failure as CredentialsError;
    throw new CredentialsError(attempt.redact(message), { ...context, cause });
  }
  attempt.credentials = used;
  const privateKey = privateKeyOf(used);
  const signed = withCredentials(request.parameters, used);
  attempt.redact = redactionOf(signed, secrets, privateKey);
  rejectKey(signed, privateKey, attempt);
  const { signer }: Partial<SignerCredentials> = used;
  const signature = signer
    ? await askSigner(signer, signed, { signal: attempt.deadline.signal(), ...request }, attempt)
    : sign(signed, privateKey);
  return signed.set("Signature", signature);
}

/** @throws InvalidParameterError if a parameter contains the private key. */
export function rejectKey(
  parameters: ReadonlyMap<string, string>,
  privateKey: string,
  { context, redact }: { readonly context?: ErrorContext; readonly redact: Redaction },
): void {
  const problem = "contains the private key, which must not be sent";
  for (const [name, value] of parameters)
    if (containsKey(name + value, privateKey))
      throw new InvalidParameterError([{ path: redact(name), problem }], context);
}

/**
 * Asks a signer for the signature of parameters.
 *
 * @throws CredentialsError if it fails.
 */
export async function askSigner(
  signer: Signer,
  parameters: ReadonlyMap<string, string>,
  request: ActionRequest,
  { context, redact }: { readonly context?: ErrorContext; readonly redact: Redaction },
): Promise<string> {
  let cause: unknown;
  try {
    const signature = await signer(stringToSign(parameters, ""), request);
    if (/^[0-9a-f]{40}$/.test(signature)) return signature;
    cause = new Error("It did not return 40 lower-case hexadecimal digits.");
  } catch (failure) {
    cause = withoutSecrets(failure, withoutLongWords(redact));
  }
  throw new CredentialsError("The signer failed.", { ...context, cause });
}

/** Longer URLs are refused by common servers and proxies. */
export const maxUrlLength = 8_192;

async function fetchQuery(
  { method, url, headers, signal }: ActionRequest,
  query: string,
  fetch: Fetch,
  { context, redact }: Attempt,
): Promise<ReceivedResponse> {
  const full = `${url}?${query}`;
  try {
    return await receive(
      method === "GET" && full.length <= maxUrlLength
        ? await fetch(full, { method, headers, redirect: "manual", signal })
        : await fetch(url, {
            method: "POST",
            headers: mergeHeaders(headers, { "content-type": formType }),
            body: query,
            redirect: "manual",
            signal,
          }),
    );
  } catch (failure) {
    const cause = withoutSecrets(failure, redact);
    throw new NetworkError(systemCode(cause), new URL(url).host, { ...context, cause });
  }
}

/** Headers by their lower-case names, the last of several. */
export function mergeHeaders(...all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const entries = all.flatMap((headers) => Object.entries(headers));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

/** Media type of a form. */
export const formType = "application/x-www-form-urlencoded";

async function receive(response: PlatformResponse): Promise<ReceivedResponse> {
  const { status, headers } = response as Response;
  return { status, headers, body: bodies.get(response) ?? (await response.text()) };
}

/** A `Response` without a URL, which would be the signed one, and with headers that do not quote it. */
export function responseOf({ status, headers, body, redact = String }: ReceivedResponse): PlatformResponse {
  const entries = [...new Headers(headers as Headers)].map(([name, value]) => [name, redact(value)] as const);
  // Some statuses must not have a body.
  return new Response(body || null, { status, headers: entries as [string, string][] });
}
