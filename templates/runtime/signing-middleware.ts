import type { Middleware } from "openapi-fetch";
import { type Credentials, type CredentialsProvider, checkCredentials } from "./credentials.js";
import { InvalidOptionError, InvalidParameterError } from "./errors.js";
import { flattenParameters, serializeParameters } from "./parameters.js";
import { signParameters } from "./signature.js";

const formType = "application/x-www-form-urlencoded";
const jsonType = "application/json";

/**
 * Middleware for openapi-fetch that signs a request: a query (GET), a form or a JSON body (POST).
 *
 * Register it after every other middleware, since whatever changes a request later breaks its signature.
 * openapi-fetch runs the middleware of a single request after that of the client, so a client that signs must
 * not be given any for a single request.
 *
 * @param credentials fixed, or a provider that is asked at each request.
 * @throws CredentialsError at once where fixed credentials are unusable; a provider's are checked at each request.
 */
export function signingMiddleware(credentials: Credentials | CredentialsProvider): Middleware {
  if (typeof credentials !== "function") checkCredentials(credentials);
  return {
    async onRequest({ request }) {
      const current = typeof credentials === "function" ? checkCredentials(await credentials()) : credentials;
      return request.method === "GET" ? signQuery(request, current) : signBody(request, current);
    },
  };
}

async function signQuery(request: Request, credentials: Credentials): Promise<Request> {
  const url = new URL(request.url);
  const signed = await signParameters(uniqueParameters(url.searchParams), credentials);
  url.search = serializeParameters(signed);
  return new Request(url, request);
}

async function signBody(request: Request, credentials: Credentials): Promise<Request> {
  const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
  const text = await request.clone().text();
  if (type === formType) {
    const signed = await signParameters(uniqueParameters(new URLSearchParams(text)), credentials);
    return new Request(request, { body: serializeParameters(signed) });
  }
  if (type === jsonType) {
    const body = JSON.parse(text) as Record<string, unknown>;
    const signed = await signParameters(flattenParameters(body), credentials);
    for (const name of ["PublicKey", "SecurityToken", "Signature"]) body[name] = signed.get(name);
    return new Request(request, { body: JSON.stringify(body) });
  }
  throw new InvalidOptionError(
    `A ${request.method} request can be signed with a body of ${formType} or ${jsonType}, not ${type ?? "of no type"}.`,
  );
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
