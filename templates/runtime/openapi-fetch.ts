import createOpenApiClient, { type Client } from "openapi-fetch";
import type { Credentials, CredentialsProvider } from "./credentials.js";
import { serializeParameters } from "./parameters.js";
import { signingMiddleware } from "./signing-middleware.js";

export { signingMiddleware };

/**
 * Makes a client of openapi-fetch for the `paths` of one action, which signs. It has neither the retries nor the errors
 * of the generated client; register middleware of your own with `use` of the client's first, since what changes a request
 * after it was signed breaks the signature.
 *
 * @throws CredentialsError at once where fixed credentials are unusable.
 */
export function createOpenApiFetchClient<Paths extends object>(options: {
  readonly baseUrl: string;
  readonly credentials: Credentials | CredentialsProvider;
  readonly fetch?: (request: Request) => Promise<Response>;
}): Client<Paths> {
  const { baseUrl, credentials, fetch } = options;
  const client = createOpenApiClient<Paths>({
    baseUrl,
    querySerializer: serializeParameters,
    ...(fetch === undefined ? {} : { fetch }),
  });
  client.use(signingMiddleware(credentials));
  return client;
}
