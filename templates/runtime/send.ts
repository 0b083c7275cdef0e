import type { Credentials, CredentialsSource } from "./credentials.js";
import { CredentialsError, type ErrorContext, HttpError, NetworkError } from "./errors.js";
import { queryOf } from "./parameters.js";
import type { Fetch, PlatformResponse, PlatformSignal } from "./platform.js";
import type { ReceivedResponse } from "./response.js";
import { type Redaction, redactionOf, systemCode, withoutSecrets } from "./secrets.js";
import { signParameters } from "./signature.js";

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

/** State of one attempt. `send` sets the last two before it can fail. */
export interface Attempt {
  readonly context: ErrorContext & { readonly action: string };
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
}

/**
 * Sends one attempt through the middleware in order, then signs it, then passes it to `fetch`. Middleware sees neither the
 * signed request nor its URL.
 *
 * @throws NetworkError, HttpError, CredentialsError, and errors thrown by middleware.
 */
export function send(
  request: ActionRequest,
  settings: SendSettings,
  attempt: Attempt,
): Promise<ReceivedResponse> {
  if (settings.middleware.length === 0) return signAndFetch(request, settings, attempt);
  const chain = settings.middleware.reduceRight<(inner: ActionRequest) => Promise<PlatformResponse>>(
    (next, middleware) => async (inner) => await middleware(inner, next),
    async (inner) => responseOf(await signAndFetch(inner, settings, attempt)),
  );
  return chain(request).then(receive);
}

async function signAndFetch(
  { method, url, parameters, headers, signal }: ActionRequest,
  { credentials, fetch }: SendSettings,
  attempt: Attempt,
): Promise<ReceivedResponse> {
  attempt.credentials = await credentials.get().catch((failure: CredentialsError) => {
    // All calls that wait for a provider share one failure: each needs an error of its own.
    const { action, attempts = 1 } = attempt.context;
    throw new CredentialsError(failure.message, { action, attempts: attempts - 1, cause: failure.cause });
  });
  const signed = await signParameters(parameters, attempt.credentials);
  attempt.redact = redactionOf(signed, attempt.secrets);
  signal.throwIfAborted();
  const query = queryOf(signed);
  const init = { method, headers, redirect: "manual", signal } as const;
  let response: ReceivedResponse;
  try {
    response = await receive(
      method === "GET"
        ? await fetch(`${url}?${query}`, init)
        : await fetch(url, { ...init, headers: { ...headers, "Content-Type": formType }, body: query }),
    );
  } catch (failure) {
    const cause = withoutSecrets(failure, attempt.redact);
    throw new NetworkError(systemCode(cause), { ...attempt.context, cause });
  }
  // In browsers, a redirect that is not followed has status 0.
  if (response.status < 200 || response.status > 599)
    throw new HttpError(response.status, "an invalid status", attempt.context);
  return response;
}

/** Media type of a form. */
export const formType = "application/x-www-form-urlencoded";

async function receive(response: PlatformResponse): Promise<ReceivedResponse> {
  const { status, headers } = response as Response;
  return { status, headers, body: await response.text() };
}

/** A `Response` without a URL, which would be the signed one. */
export function responseOf({ status, headers, body }: ReceivedResponse): PlatformResponse {
  // Some statuses must not have a body.
  return new Response(body || null, { status, headers: headers as Headers });
}
