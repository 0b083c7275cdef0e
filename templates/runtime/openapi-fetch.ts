import createOpenApiClient, { type Client, type Middleware } from "openapi-fetch";
import { chooseBaseUrl, type Settings } from "./connection.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  credentialsSource,
  privateKeyOf,
  type SignerCredentials,
} from "./credentials.js";
import { ConfigurationError, InvalidParameterError } from "./errors.js";
import { quoteLargeIntegers } from "./exact-json.js";
import { serializeParameters } from "./parameters.js";
import { type Redaction, redactionOf, withoutSecrets } from "./secrets.js";
import { type ActionRequest, askSigner, formType, rejectKey } from "./send.js";
import { sign, withCredentials } from "./signature.js";

/** Client of openapi-fetch for `paths` with one path per action. */
export type OpenApiFetchClient<Paths extends object> = Client<Paths>;

/** Options of an openapi-fetch client. */
export interface OpenApiFetchOptions {
  /** URL of the gateway. Default: `<PREFIX>_BASE_URL` of the environment, else the brand's gateway. */
  readonly baseUrl?: string | undefined;
  /** Key pair, or a provider. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** GET with a query, or POST with a form, which keeps the signature out of access logs. Default: GET. */
  readonly method?: "GET" | "POST" | undefined;
  /** Replaces the platform's `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/**
 * Creates an openapi-fetch client whose paths are the actions: `client.GET("/DescribeUMemBackupURL", { params: { query } })`
 * sends `GET /?Action=DescribeUMemBackupURL&…`. It has neither the retries nor the errors of the generated client. Integers
 * beyond 2^53 in a response are strings, since numbers would be rounded.
 *
 * Requests are signed after all middleware, which never sees a signature. The option `fetch` of a single call replaces the
 * signing `fetch` of the client and must not be used.
 *
 * @throws CredentialsError, ConfigurationError if the options are invalid.
 */
export function createOpenApiFetchClient<Paths extends object>(
  options: OpenApiFetchOptions,
  settings: Pick<Settings, "baseUrl" | "environmentPrefix">,
): OpenApiFetchClient<Paths> {
  const { credentials, method = "GET", fetch = (request: Request) => globalThis.fetch(request) } = options;
  const baseUrl = chooseBaseUrl(options.baseUrl, settings);
  const source = credentialsSource(credentials ?? credentialsFromEnvironment(settings.environmentPrefix));

  async function signAndFetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method !== "GET")
      throw new ConfigurationError(
        'Call actions with GET. The client\'s option `method: "POST"` sends them as forms.',
      );
    const action = decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
    const used = await source.get();
    const parameters = new Map([["Action", action], ...uniqueParameters(searchParams, used)]);
    const covered = await signed(parameters, used, request);
    const query = serializeParameters(covered);
    const redact = redactionOf(covered, [], privateKeyOf(used));
    try {
      const response = await fetch(
        method === "GET"
          ? new Request(`${baseUrl}?${query}`, request)
          : new Request(new Request(baseUrl, request), {
              method,
              body: query,
              headers: [...request.headers, ["Content-Type", formType]],
            }),
      );
      // A new one has no URL, which is the signed one.
      return await withExactIntegers(response, redact);
    } catch (failure) {
      throw withoutSecrets(failure, redact);
    }
  }

  return createOpenApiClient<Paths>({ baseUrl, querySerializer: serializeParameters, fetch: signAndFetch });
}

/**
 * Creates middleware that signs the requests of an openapi-fetch client: a query (GET) or a form (POST). It makes integers
 * beyond 2^53 in a response strings, since openapi-fetch would round them.
 *
 * Register it after all other middleware, since a later change invalidates the signature. Middleware of a single request
 * runs after that of the client, so do not pass any. Middleware of such a client sees the signed request in `onResponse`, and
 * must not log it.
 *
 * @param credentials a key pair, or a provider, which is called again before they expire.
 * @throws CredentialsError if a key pair is invalid; the credentials of a provider are checked at each request.
 */
export function signingMiddleware(credentials: Credentials | CredentialsProvider): Middleware {
  const source = credentialsSource(credentials);
  return {
    onRequest: async ({ request }) => await signRequest(request, await source.get()),
    onResponse: ({ response }) => withExactIntegers(response),
  };
}

/**
 * A response whose integers beyond 2^53 are strings: openapi-fetch parses JSON itself, and would round them.
 *
 * @param redact redacts what the response quotes of the signed request.
 */
async function withExactIntegers(response: Response, redact: Redaction = String): Promise<Response> {
  const { status, statusText } = response;
  const text = redact(await response.text());
  const body = isJson(text) ? quoteLargeIntegers(text) : text;
  const headers = [...response.headers].map(([name, value]): [string, string] => [name, redact(value)]);
  // Some statuses must not have a body.
  const changed = new Response(body || null, { status, statusText, headers });
  changed.headers.delete("Content-Length");
  return changed;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Signs a request and leaves everything else unchanged. */
async function signRequest(request: Request, credentials: Credentials): Promise<Request> {
  const url = new URL(request.url);
  if (request.method === "GET") {
    url.search = serializeParameters(
      await signed(uniqueParameters(url.searchParams, credentials), credentials, request),
    );
    return new Request(url, request);
  }
  const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (request.method !== "POST" || type !== formType || url.search !== "")
    throw new ConfigurationError(
      `Only a GET with a query, or a POST with a body of ${formType} and no query, can be signed.`,
    );
  const form = uniqueParameters(new URLSearchParams(await request.clone().text()), credentials);
  return new Request(request, { body: serializeParameters(await signed(form, credentials, request)) });
}

/** The parameters that a request signs, and their signature. */
async function signed(
  parameters: ReadonlyMap<string, string>,
  credentials: Credentials,
  request: Request,
): Promise<Map<string, string>> {
  const { headers, signal } = request;
  const unsigned: ActionRequest = {
    action: parameters.get("Action") ?? "",
    method: request.method as "GET" | "POST",
    url: request.url.replace(/\?.*/s, ""),
    parameters,
    headers: Object.fromEntries(headers),
    attempt: 1,
    signal,
  };
  const covered = withCredentials(parameters, credentials);
  const privateKey = privateKeyOf(credentials);
  const redact = redactionOf(covered, [], privateKey);
  rejectKey(covered, privateKey, { redact });
  const { signer }: Partial<SignerCredentials> = credentials;
  return covered.set(
    "Signature",
    signer ? await askSigner(signer, covered, unsigned, { redact }) : sign(covered, privateKey),
  );
}

function uniqueParameters(parameters: URLSearchParams, credentials: Credentials): Map<string, string> {
  const unique = new Map(parameters);
  const duplicated = [...unique.keys()].filter((name) => parameters.getAll(name).length > 1);
  if (duplicated.length > 0) {
    const problem =
      "is duplicated, and a signature covers one value per name; use `serializeParameters` as querySerializer";
    const redact = redactionOf(undefined, [], privateKeyOf(credentials));
    throw new InvalidParameterError(duplicated.map((name) => ({ path: redact(name), problem })));
  }
  return unique;
}
