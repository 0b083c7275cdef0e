import type { Middleware } from "openapi-fetch";
import type { Credentials, CredentialsProvider } from "./credentials.js";
import { credentialsSource } from "./credentials-source.js";
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
 * @param credentials fixed, or a provider, which is asked again before they end.
 * @throws CredentialsError at once where fixed credentials are unusable; a provider's are checked at each request.
 */
export function signingMiddleware(credentials: Credentials | CredentialsProvider): Middleware {
  const source = credentialsSource(credentials);
  return { onRequest: async ({ request }) => await signRequest(request, await source.get()) };
}

/** Signs a request, and leaves all else of it as it was. */
async function signRequest(request: Request, credentials: Credentials): Promise<Request> {
  const url = new URL(request.url);
  if (request.method === "GET") {
    url.search = serializeParameters(await signParameters(uniqueParameters(url.searchParams), credentials));
    return new Request(url, request);
  }
  const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (request.method !== "POST" || type !== "application/x-www-form-urlencoded" || url.search !== "") {
    throw new ConfigurationError(
      "Only a GET with a query, or a POST with a body of application/x-www-form-urlencoded and no query, can be signed.",
    );
  }
  const form = uniqueParameters(new URLSearchParams(await request.clone().text()));
  return new Request(request, { body: serializeParameters(await signParameters(form, credentials)) });
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
