import { ActionCall, type CallOutcome } from "./action-call.js";
import { type CallSettings, type ContractReport, makeCall, type Observe } from "./call.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  credentialsSource,
  processEnvironment,
} from "./credentials.js";
import { ConfigurationError, type RetCodeTable, type Violation } from "./errors.js";
import type { LargeIntegers } from "./exact-json.js";
import { createLimit } from "./limit.js";
import type { CallLogger } from "./log.js";
import { suggestion } from "./nearest.js";
import { type AnyOperation, isReadOnly, type Operation } from "./operation.js";
import type { Fetch, PlatformSignal } from "./platform.js";
import { RetryBudget, type RetryContext, retryDelay } from "./retry.js";
import { type CallContext, type Middleware, mergeHeaders } from "./send.js";

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
  /** RetCodes of the product, for calls of actions by name. */
  readonly retCodes?: RetCodeTable;
}

/** Options of a client and of a call, which override those of its client. */
export interface SharedOptions {
  /** Key pair, or a provider. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** Time limit for the whole call, retries included, in milliseconds; 0 for no limit. Default: 90 seconds. */
  readonly timeout?: number | undefined;
  /**
   * Time limit for one attempt, from its request to the end of the response, in milliseconds; 0 for no limit. An attempt that
   * exceeds it is retried if the action is retry-safe. Default: 30 seconds.
   */
  readonly attemptTimeout?: number | undefined;
  /** Maximum number of retries of a call. Default: 6. */
  readonly maxRetries?: number | undefined;
  /**
   * GET with a query, or POST with a form, which keeps the signature out of access logs. Default: GET; a request whose URL would
   * exceed 8,192 bytes is sent as POST.
   */
  readonly method?: "GET" | "POST" | undefined;
  /** Additional request headers. A name replaces the same name in any case. */
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
  /**
   * Returns the delay before a retry, in milliseconds. Default: exponential backoff with jitter. The six retries spread over 16 to
   * 32 seconds; delays are 0.1 to 0.2 seconds at first, at least 0.5 seconds if the gateway throttles, and 20 seconds at most.
   */
  readonly retryDelay?: ((context: RetryContext) => number) | undefined;
  /** Maximum number of requests per second of all calls of the client, evenly spaced. Default: no limit. */
  readonly maxRequestsPerSecond?: number | undefined;
  /** Maximum number of simultaneous requests of all calls of the client; others wait. Default: no limit. */
  readonly maxConcurrency?: number | undefined;
  /** Logs the steps of each call: `createLogger(console)`. Default: none. */
  readonly logger?: CallLogger | undefined;
  /** Observes each call, for spans and metrics. */
  readonly observe?: Observe | undefined;
  /**
   * Type of the integers in a response that are beyond 2^53, which a number would round. Default: `bigint`. As a `string`, they
   * can be written as JSON.
   */
  readonly largeIntegers?: LargeIntegers | undefined;
  /** Compares responses with the specification: `validate` of the package's entry `validate`. Default: none. */
  readonly validate?: ((action: string, body: object) => readonly Violation[]) | undefined;
  /** Receives the violations that `validate` finds. Default: they are thrown. */
  readonly onContractViolation?: ((report: ContractReport) => void) | undefined;
}

/** Options of a call. */
export interface CallOptions extends SharedOptions {
  /** Aborts the call at once. */
  readonly signal?: PlatformSignal | undefined;
  /** Parameters that the specification does not list. They are sent as they are, and regarded as secrets. */
  readonly extraParams?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A configured connection to a gateway, which can call any action. Every client is one.
 *
 * @typeParam Options options of a call, with the location options of a package.
 */
export interface Connection<Options extends CallOptions = CallOptions> {
  readonly call: {
    /** Calls an action. The result rejects with a `CallError`. */
    <Params extends object, Body extends object>(
      operation: Operation<Params, Body>,
      params: object,
      options?: Options,
    ): ActionCall<Body>;
    /**
     * Calls an action by its name, for one that the package does not contain. It is retry-safe if its name begins with
     * `Describe`, `Get`, `List`, `Check` or `Query`. Parameters are sent as they are, and regarded as secrets.
     */
    <Body extends object = Record<string, unknown>>(
      action: string,
      params?: Readonly<Record<string, unknown>>,
      options?: Options,
    ): ActionCall<Body>;
  };
}

const sharedOptions = ["credentials", "timeout", "attemptTimeout", "maxRetries", "method", "headers"];
export const callOptions = [...sharedOptions, "signal", "extraParams"];
export const clientOptions = [
  ...sharedOptions,
  ...[
    "baseUrl",
    "middleware",
    "fetch",
    "retryDelay",
    "maxRequestsPerSecond",
    "maxConcurrency",
    "largeIntegers",
  ],
  ...["logger", "observe", "validate", "onContractViolation"],
];

/**
 * Creates a connection.
 *
 * @throws CredentialsError, ConfigurationError if the options are invalid.
 */
export function connect(options: ConnectionOptions, settings: Settings): Connection {
  const client = clientSettings(options, settings);

  return {
    call(given: AnyOperation | string, params: object = {}, options: CallOptions = noOptions) {
      const isNamed = typeof given === "string";
      const operation = isNamed ? unlisted(given, settings) : given;
      const { action, retrySafe } = operation;
      const state: CallContext = { action, retrySafe, attempts: 0, mayHaveEffect: false, outcome: "failed" };
      const prepare = () => {
        const all = options === noOptions ? client : withOptions(client, options, callOptions, state);
        const own: Record<string, unknown> = { ...(operation.old?.params(params, state) ?? params) };
        for (const [option, name] of Object.entries(settings.locations)) {
          if (isNamed || name in operation.parameters) own[name] ??= all[option];
        }
        return isNamed
          ? { params: {}, settings: { ...all, extraParams: { ...own, ...all.extraParams } } }
          : { params: own, settings: all };
      };
      // The specification promises the type of the body; the contract tests verify recorded responses.
      const outcome = makeCall(operation, prepare, state) as Promise<CallOutcome<never>>;
      return new ActionCall({ outcome, state });
    },
  };
}

const noOptions: CallOptions = {};

/** Description of an action of which only the name is known. */
function unlisted(action: string, { retCodes = {} }: Settings): AnyOperation {
  return { action, retrySafe: isReadOnly(action), parameters: {}, models: {}, secrets: [], retCodes };
}

/** Settings of a call, and the location options, whose names depend on the package. */
type Options = CallSettings & { readonly [location: string]: unknown };

function clientSettings(options: ConnectionOptions, settings: Settings): Options {
  checkIsObject(options);
  const { credentials, baseUrl, maxRequestsPerSecond: rate, maxConcurrency: concurrency } = options;
  // Browsers do not let a page set its own name, and would ask the gateway for permission first.
  const isBrowser = globalThis.navigator?.userAgent.startsWith("Mozilla");
  const defaults: CallSettings = {
    ...settings,
    credentials: credentialsSource(credentials ?? credentialsFromEnvironment(settings.environmentPrefix)),
    middleware: [],
    fetch: (url, init) => globalThis.fetch(url, init as RequestInit),
    timeout: 90_000,
    attemptTimeout: 30_000,
    maxRetries: 6,
    method: "GET",
    largeIntegers: "bigint",
    retryDelay,
    budget: new RetryBudget(),
    limit: rate || concurrency ? createLimit(rate, concurrency) : undefined,
    headers: isBrowser ? {} : { "user-agent": settings.userAgent },
  };
  return { ...withOptions(defaults, options, clientOptions), baseUrl: chooseBaseUrl(baseUrl, settings) };
}

function checkIsObject(options: unknown, context?: CallContext): void {
  if (typeof options !== "object" || options === null)
    throw new ConfigurationError("options must be an object.", context);
}

/**
 * Settings with the options that are set; one that is `undefined` counts as absent.
 *
 * @param names of the options besides those of locations.
 * @throws ConfigurationError that lists every problem.
 */
function withOptions(
  settings: CallSettings,
  options: ConnectionOptions & CallOptions,
  names: readonly string[],
  context?: CallContext,
): Options {
  checkIsObject(options, context);
  const known = [...names, ...Object.keys(settings.locations)];
  const unknown = Object.entries(options).filter(
    ([name, value]) => value !== undefined && !known.includes(name),
  );
  // By name, since options can be an object with getters, such as an `AbortController`.
  const given = known
    .map((name) => [name, (options as Record<string, unknown>)[name]] as const)
    .filter(([, value]) => value !== undefined);
  const { credentials, headers, maxRequestsPerSecond: rate = 1, maxConcurrency: concurrency = 1 } = options;
  const all: Options = {
    ...settings,
    ...Object.fromEntries(given),
    credentials: credentials === undefined ? settings.credentials : credentialsSource(credentials),
    headers: headers ? mergeHeaders(settings.headers, headers) : settings.headers,
  };
  const { fetch, middleware, timeout, attemptTimeout, maxRetries, method, logger, validate, largeIntegers } =
    all;
  const isTime = (value: unknown) => typeof value === "number" && value >= 0;
  const problems = [
    ...unknown.map(([name]) => `${name} is unknown${suggestion(name, known)}`),
    typeof fetch !== "function" && "fetch must be a function",
    !Array.isArray(middleware) && "middleware must be an array",
    !isTime(timeout) && "timeout must be a number of milliseconds",
    !isTime(attemptTimeout) && "attemptTimeout must be a number of milliseconds",
    !(Number.isInteger(maxRetries) && maxRetries >= 0) && "maxRetries must be an integer from 0",
    !(rate > 0) && "maxRequestsPerSecond must be a positive number",
    !(concurrency >= 1) && "maxConcurrency must be a number from 1",
    method !== "GET" && method !== "POST" && "method must be GET or POST",
    largeIntegers !== "bigint" && largeIntegers !== "string" && "largeIntegers must be bigint or string",
    logger && !logger.attempt && "logger must be created by createLogger",
    all.onContractViolation && !validate && "onContractViolation needs validate",
  ].filter(Boolean);
  if (problems.length > 0)
    throw new ConfigurationError(`${all.credentials.redact(problems.join("; "))}.`, context);
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
