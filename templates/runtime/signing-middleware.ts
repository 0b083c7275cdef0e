import type { Middleware } from "openapi-fetch";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { ConfigurationError, InvalidParameterError } from "./errors.js";
import { serializeParameters } from "./parameters.js";
import { signParameters } from "./signature.js";

/**
 * Middleware for an openapi-fetch client of one's own: signs a query (GET) or a form (POST).
 *
 * Register it after every other middleware, since whatever changes a request later breaks its signature.
 * openapi-fetch runs the middleware of a single request after that of the client, so a client that signs must
 * not be given any for a single request. Middleware of such a client sees the signed request when the answer is
 * there, and must not log it.
 *
 * @param credentials fixed, or a provider that is asked at each request.
 * @throws CredentialsError at once where fixed credentials are unusable; a provider's are checked at each request.
 */
export function signingMiddleware(credentials: Credentials | CredentialsProvider): Middleware {
  const signRequest = createRequestSigner(credentials);
  return { onRequest: async ({ request }) => (await signRequest(request)).request };
}

/** A request that was signed, and the parameters that it carries now. */
export interface SignedRequest {
  readonly request: Request;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Makes a function that signs a request, and leaves all else of it as it was.
 *
 * @throws CredentialsError as {@link signingMiddleware} does.
 */
export function createRequestSigner(
  credentials: Credentials | CredentialsProvider,
): (request: Request) => Promise<SignedRequest> {
  const fixed = typeof credentials === "function" ? undefined : checkCredentials(credentials);
  const current = async () => fixed ?? checkCredentials(await (credentials as CredentialsProvider)());

  return async (request) => {
    const url = new URL(request.url);
    if (request.method === "GET") {
      const parameters = await signParameters(uniqueParameters(url.searchParams), await current());
      url.search = serializeParameters(parameters);
      return { request: new Request(url, request), parameters };
    }
    const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
    if (request.method !== "POST" || type !== "application/x-www-form-urlencoded" || url.search !== "") {
      throw new ConfigurationError(
        "Only a GET with a query, or a POST with a body of application/x-www-form-urlencoded and no query, can be signed.",
      );
    }
    const form = new URLSearchParams(await request.clone().text());
    const parameters = await signParameters(uniqueParameters(form), await current());
    return { request: new Request(request, { body: serializeParameters(parameters) }), parameters };
  };
}

function uniqueParameters(parameters: URLSearchParams): Map<string, string> {
  const unique = new Map(parameters);
  const repeated = [...unique.keys()].filter((name) => parameters.getAll(name).length > 1);
  if (repeated.length > 0) {
    const problem =
      "is sent more than once, and a signature covers one value a name; use `serializeParameters` as querySerializer";
    throw new InvalidParameterError(repeated.map((path) => ({ path, problem })));
  }
  return unique;
}
