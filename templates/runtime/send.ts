import type { Credentials } from "./credentials.js";
import type { CredentialsSource } from "./credentials-source.js";
import { CredentialsError, type ErrorContext, HttpError, NetworkError } from "./errors.js";
import type { ActionRequest, Middleware } from "./middleware.js";
import { queryOf } from "./parameters.js";
import type { Fetch, PlatformHeaders, PlatformResponse } from "./platform.js";
import { type Redaction, redactionOf, systemCode, withoutSecrets } from "./secrets.js";
import { signParameters } from "./signature.js";

/** An answer whose body has arrived. */
export interface Answer {
  readonly status: number;
  readonly headers: PlatformHeaders;
  readonly body: string;
}

/** One attempt of a call: what it is to know for its errors, and what it comes to know before it fails. */
export interface Attempt {
  readonly context: ErrorContext & { readonly action: string };
  /** Names of parameters that are secrets. */
  readonly secrets: readonly string[];
  /** Hides the secrets of what was signed. */
  hide: Redaction;
  credentials?: Credentials;
}

/** What all attempts of a call are sent with. */
export interface Sending {
  readonly credentials: CredentialsSource;
  readonly middleware: readonly Middleware[];
  readonly fetch: Fetch;
}

/**
 * Sends one attempt: the middleware in order, then the signature, then the platform. Middleware never sees the signed
 * request, nor its URL on the answer.
 *
 * @throws NetworkError, HttpError, CredentialsError, and what a middleware throws.
 */
export async function send(request: ActionRequest, sending: Sending, attempt: Attempt): Promise<Answer> {
  if (sending.middleware.length === 0) return await signAndFetch(request, sending, attempt);
  const chain = sending.middleware.reduceRight<(inner: ActionRequest) => Promise<PlatformResponse>>(
    (next, one) => async (inner) => await one(inner, next),
    async (inner) => responseOf(await signAndFetch(inner, sending, attempt)),
  );
  const response = (await chain(request)) as Response;
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function signAndFetch(
  { method, url, parameters, headers, signal }: ActionRequest,
  { credentials, fetch }: Sending,
  attempt: Attempt,
): Promise<Answer> {
  attempt.credentials = await credentials.get().catch((failure) => {
    // One failure for all calls that wait for a provider: each gets an error that names it.
    const { message, cause } = failure as CredentialsError;
    const { action, attempts = 1 } = attempt.context;
    throw new CredentialsError(message, { action, attempts: attempts - 1, cause });
  });
  const signed = await signParameters(parameters, attempt.credentials);
  attempt.hide = redactionOf(signed, attempt.secrets);
  signal.throwIfAborted();
  const text = queryOf(signed);
  const init = { method, headers, redirect: "manual", signal } as const;
  const form = { ...headers, "Content-Type": "application/x-www-form-urlencoded" };
  let answer: Answer;
  try {
    const response = (await (method === "GET"
      ? fetch(`${url}?${text}`, init)
      : fetch(url, { ...init, headers: form, body: text }))) as Response;
    answer = { status: response.status, headers: response.headers, body: await response.text() };
  } catch (failure) {
    const cause = withoutSecrets(failure, attempt.hide);
    throw new NetworkError(systemCode(cause), { ...attempt.context, cause });
  }
  // A browser shows a redirect that is not followed as status 0.
  if (answer.status < 200 || answer.status > 599)
    throw new HttpError(answer.status, "no status that an answer has", attempt.context);
  return answer;
}

/** An answer as the platform gives it, but for its URL, which would be the signed one. */
export function responseOf({ status, headers, body }: Answer): PlatformResponse {
  // Some statuses must have no body.
  return new Response(body || null, { status, headers: headers as Headers });
}
