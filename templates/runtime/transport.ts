import createOpenApiClient, { type Middleware } from "openapi-fetch";
import type { Credentials, CredentialsProvider } from "./credentials.js";
import { HttpError, NetworkError } from "./errors.js";
import { serializeParameters } from "./parameters.js";
import { secretsOf, systemCode, withoutSecrets } from "./secrets.js";
import { createRequestSigner } from "./signing-middleware.js";

/** How requests leave the program. The only module that knows which HTTP client does the work. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export interface TransportRequest {
  /** Parameters of the call, `Action` among them, not signed yet. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body: a text, or a JSON value that has been parsed already. `undefined` where there is none. */
  readonly body: unknown;
  /** What must not be quoted from the answer. */
  readonly secrets: readonly string[];
}

/** The one path and method that every action shares. */
interface Paths {
  "/": {
    get: {
      parameters: { query: Record<string, string> };
      responses: { 200: { content: { "application/json": unknown } } };
    };
  };
}

/**
 * Sends signed GET requests. The given middleware runs in order and sees the unsigned request only: signing
 * happens below it, where the request is fetched.
 *
 * @throws CredentialsError where fixed credentials are unusable.
 */
export function createTransport(options: {
  readonly baseUrl: string;
  readonly credentials: Credentials | CredentialsProvider;
  readonly middleware: readonly Middleware[];
  readonly fetch: (request: Request) => Promise<Response>;
}): Transport {
  const signRequest = createRequestSigner(options.credentials);
  const client = createOpenApiClient<Paths>({
    baseUrl: options.baseUrl,
    querySerializer: serializeParameters,
  });
  client.use(...options.middleware);

  return async ({ parameters, headers, signal }) => {
    const action = parameters.get("Action") ?? "";
    let secrets: string[] = [];
    const { data, error, response } = await client.GET("/", {
      params: { query: Object.fromEntries(parameters) },
      fetch: async (unsigned) => {
        const { request, parameters: signed } = await signRequest(unsigned);
        secrets = secretsOf(signed);
        return await fetchWhole(request, options.fetch, action, secrets);
      },
      parseAs: "text",
      // A redirect would carry the signature to another place.
      redirect: "manual",
      ...(headers === undefined ? {} : { headers }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: response.status, headers: response.headers, body: response.ok ? data : error, secrets };
  };
}

const bodilessStatuses: readonly number[] = [204, 205, 304];

/**
 * Fetches an answer with its whole body, so that a connection that breaks half-way is a network error like any
 * other. The copy has no `url`, which a fetched response has and which would be the signed one.
 */
async function fetchWhole(
  request: Request,
  fetch: (request: Request) => Promise<Response>,
  action: string,
  secrets: readonly string[],
): Promise<Response> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(request);
    text = await response.text();
  } catch (failure) {
    if (request.signal.aborted) throw request.signal.reason;
    throw new NetworkError(systemCode(failure), { action, cause: withoutSecrets(failure, secrets) });
  }
  const { status, headers } = response;
  // A browser shows a redirect that is not followed as status 0; and no Response can be made with such a status.
  if (status < 200 || status > 599) throw new HttpError(status, "no answer that can be read", { action });
  return new Response(bodilessStatuses.includes(status) ? null : text, { status, headers });
}
