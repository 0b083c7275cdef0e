import createOpenApiClient, { type Middleware } from "openapi-fetch";
import type { Credentials, CredentialsProvider } from "./credentials.js";
import { NetworkError } from "./errors.js";
import { serializeParameters } from "./parameters.js";
import { signingMiddleware } from "./signing-middleware.js";

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
 * Sends signed GET requests. The given middleware runs in order and sees the unsigned request; signing is last.
 */
export function createTransport(options: {
  readonly baseUrl: string;
  readonly credentials: Credentials | CredentialsProvider;
  readonly middleware: readonly Middleware[];
  readonly fetch: (request: Request) => Promise<Response>;
}): Transport {
  const client = createOpenApiClient<Paths>({
    baseUrl: options.baseUrl,
    querySerializer: serializeParameters,
  });
  client.use(...options.middleware, signingMiddleware(options.credentials));

  return async ({ parameters, headers, signal }) => {
    const action = parameters.get("Action") ?? "";
    const { data, error, response } = await client.GET("/", {
      params: { query: Object.fromEntries(parameters) },
      fetch: (request) => fetchWhole(request, options.fetch, action),
      parseAs: "text",
      ...(headers === undefined ? {} : { headers }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: response.status, headers: response.headers, body: response.ok ? data : error };
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
): Promise<Response> {
  const secrets = secretsOf(request);
  try {
    const response = await fetch(request);
    // An answer that quotes the request must not put a signature into the message of an error.
    const text = redact(await response.text(), secrets);
    const { status, statusText, headers } = response;
    return new Response(bodilessStatuses.includes(status) ? null : text, { status, statusText, headers });
  } catch (cause) {
    if (request.signal.aborted) throw request.signal.reason;
    throw new NetworkError({ action, cause: withoutSecrets(cause, secrets) });
  }
}

/** What lets a reader repeat a signed request, as it is and as it stands in a URL. */
function secretsOf(request: Request): string[] {
  const { searchParams } = new URL(request.url);
  const values = ["Signature", "SecurityToken"].map((name) => searchParams.get(name) ?? "");
  return values.filter((value) => value !== "").flatMap((value) => [value, encodeURIComponent(value)]);
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "<redacted>"), text);
}

/** Some platforms put the URL into the text of a failure, and this one is signed. */
function withoutSecrets(cause: unknown, secrets: readonly string[]): unknown {
  const seen = new Set<unknown>();
  for (let error = cause; error instanceof Error && !seen.has(error); error = error.cause) {
    seen.add(error);
    const text = `${error.message} ${error.stack}`;
    if (redact(text, secrets) !== text) return new Error(redact(String(cause), secrets));
  }
  return cause;
}
