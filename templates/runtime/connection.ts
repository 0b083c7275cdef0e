import { ActionCall, type CallResponse } from "./action-call.js";
import { type CallSettings, type ContractReport, makeCall, type Observe } from "./call.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  credentialsSource,
  processEnvironment,
} from "./credentials.js";
import { ConfigurationError, type Violation } from "./errors.js";
import type { CallLogger } from "./log.js";
import type { AnyOperation, Operation } from "./operation.js";
import type { Fetch, PlatformSignal } from "./platform.js";
import { RetryBudget, type RetryContext, retryDelay } from "./retry.js";
import type { Middleware } from "./send.js";

/** Constants of a package, from the generator's configuration. */
export interface Settings {
  readonly baseUrl: string;
  /** Prefix of the names of environment variables: `<PREFIX>_PUBLIC_KEY` and so on. */
  readonly environmentPrefix: string;
  /** Response header that identifies the request. */
  readonly requestIdHeader: string;
  /** Name and version of the package, sent if the platform allows it. */
  readonly userAgent: string;
  /** Names of the parameters that an option sets in every call that has them, by option: `region` for `Region`. */
  readonly locations: Readonly<Record<string, string>>;
  /** URL of the errors page of the reference; `undefined` if it is not published. */
  readonly errorsUrl?: string | undefined;
}

/** Options of a client and of a call, which override those of its client. */
export interface SharedOptions {
  /** Key pair, or a provider. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** Time limit for the whole call, retries included, in milliseconds; 0 for no limit. Default: 90 seconds. */
  readonly timeout?: number | undefined;
  /** Maximum number of retries of a call. Default: 3. */
  readonly maxRetries?: number | undefined;
  /** GET with a query, or POST with a form, which keeps the signature out of access logs. Default: GET. */
  readonly method?: "GET" | "POST" | undefined;
  /** Additional request headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a client. All are optional if the environment contains the key pair. */
export interface ConnectionOptions extends SharedOptions {
  /** URL of the gateway. Default: `<PREFIX>_BASE_URL` of the environment, else the brand's gateway. */
  readonly baseUrl?: string | undefined;
  /** Wraps each attempt before it is signed. The first middleware is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Replaces the platform's `fetch`, for a proxy or a test. */
  readonly fetch?: Fetch | undefined;
  /** Returns the delay before a retry, in milliseconds. Default: exponential backoff with full jitter. */
  readonly retryDelay?: ((context: RetryContext) => number) | undefined;
  /** Logs the steps of each call: `createLogger(console)`. Default: none. */
  readonly logger?: CallLogger | undefined;
  /** Observes each call, for spans and metrics. */
  readonly observe?: Observe | undefined;
  /** Compares responses with the specification: `validate` of the package's entry `validate`. Default: none. */
  readonly validate?: ((action: string, body: object) => readonly Violation[]) | undefined;
  /** Receives the violations that `validate` finds. Default: they are thrown. */
  readonly onContractViolation?: ((report: ContractReport) => void) | undefined;
}

/** Options of a call. */
export interface CallOptions extends SharedOptions {
  /** Aborts the call at once. */
  readonly signal?: PlatformSignal | undefined;
}

/** A configured connection to a gateway, which can call any action. Every client is one. */
export interface Connection {
  /** Calls an action. The result rejects with a `CallError`. */
  readonly call: <Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    params: object,
    options?: CallOptions,
  ) => ActionCall<Body>;
}

/**
 * Creates a connection.
 *
 * @throws CredentialsError, ConfigurationError if the options are invalid.
 */
export function connect(options: ConnectionOptions, settings: Settings): Connection {
  // Browsers do not let a page set its own name, and would ask the gateway for permission first.
  const isBrowser = globalThis.navigator?.userAgent.startsWith("Mozilla");
  const defaults: CallSettings = {
    ...settings,
    credentials: credentialsSource(
      options.credentials ?? credentialsFromEnvironment(settings.environmentPrefix),
    ),
    middleware: [],
    fetch: (url, init) => globalThis.fetch(url, init as RequestInit),
    timeout: 90_000,
    maxRetries: 3,
    method: "GET",
    retryDelay,
    budget: new RetryBudget(),
    headers: isBrowser ? {} : { "User-Agent": settings.userAgent },
  };
  const client = withOptions(defaults, { ...options, baseUrl: chooseBaseUrl(options.baseUrl, settings) });

  async function call(operation: AnyOperation, params: object, options: CallOptions): Promise<unknown> {
    // Options of other functions, such as the `fetch` of a download, do not apply to the call.
    const { signal, timeout, maxRetries, method, credentials, headers } = options;
    const all = withOptions(client, { signal, timeout, maxRetries, method, credentials, headers });
    const own = options as Record<string, unknown>;
    const located: Record<string, unknown> = { ...params };
    for (const [option, name] of Object.entries(all.locations)) {
      if (name in operation.parameters) located[name] ??= own[option] ?? client[option];
    }
    return makeCall(operation, located, all);
  }

  return {
    call: (operation, params, options = {}) =>
      // The specification promises the type of the body; the contract tests verify recorded responses.
      new ActionCall(call(operation, params, options) as Promise<CallResponse<never>>),
  };
}

/** Settings of a call, and the location options, whose names depend on the package. */
type Options = CallSettings & { readonly [location: string]: unknown };

/**
 * Settings with the options that are set; one that is `undefined` counts as absent.
 *
 * @throws ConfigurationError that lists every problem.
 */
function withOptions(
  settings: CallSettings,
  { credentials, ...options }: ConnectionOptions & CallOptions,
): Options {
  const all = {
    ...settings,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    credentials: credentials === undefined ? settings.credentials : credentialsSource(credentials),
    headers: { ...settings.headers, ...options.headers },
  };
  const { fetch, middleware, timeout, maxRetries, method, logger, validate, onContractViolation } = all;
  const problems = [
    typeof fetch !== "function" && "fetch must be a function",
    !Array.isArray(middleware) && "middleware must be an array",
    !(typeof timeout === "number" && timeout >= 0) && "timeout must be a number of milliseconds",
    !(Number.isInteger(maxRetries) && maxRetries >= 0) && "maxRetries must be an integer from 0",
    method !== "GET" && method !== "POST" && "method must be GET or POST",
    logger && !logger.attempt && "logger must be created by createLogger",
    onContractViolation && !validate && "onContractViolation needs validate",
  ].filter(Boolean);
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}.`);
  return all;
}

/**
 * The base URL of a client: the option, else the environment variable, else the default.
 *
 * @throws ConfigurationError if it cannot be used.
 */
export function chooseBaseUrl(
  option: string | undefined,
  { baseUrl, environmentPrefix }: Pick<Settings, "baseUrl" | "environmentPrefix">,
): string {
  const variable = `${environmentPrefix}_BASE_URL`;
  const chosen = option ?? processEnvironment(variable) ?? baseUrl;
  if (isBaseUrl(chosen)) return new URL(chosen).href;
  throw new ConfigurationError(
    `${variable} or baseUrl must be an http or https URL without query, fragment or user, such as ${baseUrl}.`,
  );
}

/** Whether a string is a URL to which a query can be appended, and that contains no user or password. */
export function isBaseUrl(url: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+$/i.test(url) && URL.canParse(url);
}
