import type { Credentials } from "./credentials.js";
import type { CredentialsSource } from "./credentials-source.js";
import { CredentialsError, HttpError, NetworkError } from "./errors.js";
import type { ActionRequest, Middleware } from "./middleware.js";
import type { AnyOperation } from "./operation.js";
import { queryOf } from "./parameters.js";
import type { Fetch } from "./platform.js";
import type { Answer } from "./response.js";
import { redact, secretsOf, systemCode, withoutSecrets } from "./secrets.js";
import { signParameters } from "./signature.js";

/** What one attempt came to know; filled while it is under way, and read when it failed. */
export interface Attempt {
  credentials: Credentials | undefined;
  signed: ReadonlyMap<string, string>;
  answer: Answer | undefined;
}

/** What all attempts of a call are sent with. */
export interface Sending {
  readonly operation: AnyOperation;
  readonly credentials: CredentialsSource;
  readonly middleware: readonly Middleware[];
  readonly fetch: Fetch;
  readonly retrySafe: boolean;
}

/**
 * Sends one attempt: the middleware in order, then the signature, then the platform. Middleware never sees the signed
 * request, nor its URL on the answer.
 *
 * @throws NetworkError, HttpError, CredentialsError, and what a middleware throws.
 */
export async function send(request: ActionRequest, sending: Sending, attempt: Attempt): Promise<Answer> {
  const { operation, middleware } = sending;
  const signAndFetch = (inner: ActionRequest) => sendSigned(inner, sending, attempt);
  const chain = middleware.reduceRight<(inner: ActionRequest) => Promise<Response>>(
    (next, one) => async (inner) => (await one(inner, next)) as Response,
    middleware.length === 0 ? signAndFetch : async (inner) => withoutUrl(await signAndFetch(inner)),
  );
  const response = await chain(request);
  const { status, headers } = response;
  const body = await guarded(response.text(), operation, request.attempt, sending, attempt);
  attempt.answer = { status, headers, body };
  return attempt.answer;
}

async function sendSigned(request: ActionRequest, sending: Sending, attempt: Attempt): Promise<Response> {
  const { action, method, url, headers, signal } = request;
  attempt.credentials = await credentialsFor(request, sending);
  attempt.signed = await signParameters(request.parameters, attempt.credentials);
  // A fetch of the program's own may not look at the signal.
  (signal as AbortSignal).throwIfAborted();
  const text = queryOf(attempt.signed);
  const init = { method, headers, redirect: "manual", signal } as const;
  const sent =
    method === "GET"
      ? sending.fetch(`${url}?${text}`, init)
      : sending.fetch(url, {
          ...init,
          headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
          body: text,
        });
  const response = (await guarded(sent, sending.operation, request.attempt, sending, attempt)) as Response;
  // A browser shows a redirect that is not followed as status 0.
  if (response.status < 200 || response.status > 599)
    throw new HttpError(response.status, "no answer that can be read", { action, attempts: request.attempt });
  return response;
}

/** The failure of a provider is one for all calls that wait for it; each gets an error that names it. */
async function credentialsFor(
  { action, attempt }: ActionRequest,
  { credentials }: Sending,
): Promise<Credentials> {
  try {
    return await credentials.get();
  } catch (failure) {
    const { message, cause } = failure as CredentialsError;
    throw new CredentialsError(message, { action, attempts: attempt - 1, cause });
  }
}

/** Turns what a platform throws into an error of ours, without the signed request that hangs on it. */
async function guarded<Result>(
  work: Promise<Result>,
  operation: AnyOperation,
  attempts: number,
  { retrySafe }: Sending,
  { signed }: Attempt,
): Promise<Result> {
  try {
    return await work;
  } catch (failure) {
    const cause = withoutSecrets(failure, secretsOf(signed, operation.secrets));
    throw new NetworkError(systemCode(failure), { action: operation.action, attempts, retrySafe, cause });
  }
}

const bodilessStatuses: readonly number[] = [204, 205, 304];

/** A response that is fetched has a `url`, which would be the signed one. */
function withoutUrl({ status, headers, body }: Response): Response {
  return new Response(bodilessStatuses.includes(status) ? null : body, { status, headers });
}

/** The gateway's name of a request, if it is one: a header could quote the request. */
export function readRequestId(
  headers: Headers,
  name: string,
  secrets: () => readonly string[],
): string | undefined {
  const value = headers.get(name);
  if (value === null || (/^[\w-]{1,64}$/.test(value) && !/[0-9a-f]{40}/i.test(value)))
    return value ?? undefined;
  return redact(value, secrets());
}
