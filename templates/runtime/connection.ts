import { ActionCall, type CallResult } from "./action-call.js";
import { isBaseUrl } from "./base-url.js";
import { type CallSettings, type ContractReport, makeCall } from "./call.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  processEnvironment,
} from "./credentials.js";
import { credentialsSource } from "./credentials-source.js";
import { ConfigurationError, type Violation } from "./errors.js";
import type { CallLogger } from "./log.js";
import type { Middleware } from "./middleware.js";
import type { Observe } from "./observer.js";
import type { AnyOperation, Operation } from "./operation.js";
import type { Fetch, PlatformSignal } from "./platform.js";
import { createRetryBudget, type RetryMoment, retryDelay } from "./retry.js";

/** What the generator's configuration fixes for a package. */
export interface Settings {
  readonly baseUrl: string;
  /** First part of the names of environment variables: `<PREFIX>_PUBLIC_KEY` and so on. */
  readonly environmentPrefix: string;
  /** Response header that names the request. */
  readonly requestIdHeader: string;
  /** Name and version of the package, sent where the platform allows it. */
  readonly userAgent: string;
  /** Options that fill in a parameter of every call that has it, such as `region` for `Region`. */
  readonly locations: Readonly<Record<string, string>>;
}

/** What a client and a single call may set alike; the call counts. */
export interface SharedOptions {
  /** Key pair, or a provider. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** Time for the whole call with its retries, in milliseconds; 0 for no limit. Default: 90 seconds. */
  readonly timeout?: number | undefined;
  /** How often a call may be repeated at most. Default: 3. */
  readonly maxRetries?: number | undefined;
  /** GET with a query, or POST with a form, which keeps the signature out of access logs. Default: GET. */
  readonly method?: "GET" | "POST" | undefined;
  /** Headers to send along. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** How to make a client. Everything may be left out where the environment holds the key pair. */
export interface ConnectionOptions extends SharedOptions {
  /** Where the gateway is. Default: `<PREFIX>_BASE_URL` of the environment, else the brand's gateway. */
  readonly baseUrl?: string | undefined;
  /** Sees, and may change, each attempt before it is signed. The first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Sends requests in place of the platform's `fetch`, for a proxy or a test. */
  readonly fetch?: Fetch | undefined;
  /** How long to wait before a retry, in milliseconds. Default: exponential, with full jitter. */
  readonly retryDelay?: ((moment: RetryMoment) => number) | undefined;
  /** Is told what happens: `createLogger(console)`. Default: nobody. */
  readonly logger?: CallLogger | undefined;
  /** Follows each call, for spans and metrics. */
  readonly observe?: Observe | undefined;
  /** Holds answers against the specification: `validate` of the package's entry `validate`. Default: they are taken as they are. */
  readonly validate?: ((action: string, body: object) => readonly Violation[]) | undefined;
  /** Takes what `validate` finds. Default: it is thrown. */
  readonly onContractViolation?: ((report: ContractReport) => void) | undefined;
}

/** What one call may set besides its parameters. */
export interface CallOptions extends SharedOptions {
  /** Ends the call at once, wherever it is. */
  readonly signal?: PlatformSignal | undefined;
}

/** Names of the parameters that options are certain to fill in. */
export type LocatedBy<Options, Locations> = {
  [Option in keyof Locations]: Option extends keyof Options
    ? undefined extends Options[Option]
      ? never
      : Locations[Option] & string
    : never;
}[keyof Locations];

/** Options without one that nothing is known by: a misspelt one would be passed over in silence. */
export type Known<Options, All> = Options & {
  readonly [Name in Exclude<keyof Options, keyof All>]: never;
};

/** The parameters of a call, of which those that are filled in may be left out. */
export type CallParams<Params, Located extends string> = Omit<Params, Located> &
  Partial<Pick<Params, Located & keyof Params>>;

/** The way to one gateway; carries out any action. Every client is one. */
export interface Connection<Located extends string = never> {
  /** Carries out an action. The result rejects with one of `CallError`. */
  readonly call: <Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    params: object,
    options?: CallOptions,
  ) => ActionCall<Body>;
  /** Carries the names that are filled in, so that a connection without them does not pass for one with them; never set. */
  readonly located?: (name: Located) => void;
}

/**
 * Makes a connection.
 *
 * @throws CredentialsError, ConfigurationError at once, so that a program does not start with what cannot work.
 */
export function connect<Located extends string>(
  options: ConnectionOptions,
  settings: Settings,
): Connection<Located> {
  const { requestIdHeader, environmentPrefix, userAgent, locations } = settings;
  // A browser does not let a page name itself, and would ask the gateway first whether the header is allowed.
  const isBrowser = globalThis.navigator?.userAgent.startsWith("Mozilla");
  const client = {
    requestIdHeader,
    middleware: [],
    fetch: (url: string, init: object) => globalThis.fetch(url, init),
    timeout: 90_000,
    maxRetries: 3,
    method: "GET",
    retryDelay,
    budget: createRetryBudget(),
    ...given(options),
    baseUrl: chooseBaseUrl(options.baseUrl, settings),
    credentials: credentialsSource(options.credentials ?? credentialsFromEnvironment(environmentPrefix)),
    headers: { ...(!isBrowser && { "User-Agent": userAgent }), ...options.headers },
  } satisfies CallSettings;
  checkOptions(client);

  async function call(
    operation: AnyOperation,
    params: object,
    own: CallOptions,
  ): Promise<CallResult<object>> {
    const { credentials, headers, ...others } = own;
    const { signal, timeout, maxRetries, method, ...places } = given(others);
    const all = {
      ...client,
      ...given({ signal, timeout, maxRetries, method }),
      credentials: credentials === undefined ? client.credentials : credentialsSource(credentials),
      headers: { ...client.headers, ...headers },
    };
    checkOptions(all);
    const place: Record<string, unknown> = { ...client, ...places };
    const located: Record<string, unknown> = { ...params };
    for (const [option, name] of Object.entries(locations)) {
      if (Object.hasOwn(operation.parameters, name)) located[name] ??= place[option];
    }
    return await makeCall(operation, located, all);
  }

  return {
    call: (operation, params, own = {}) => {
      const outcome = call(operation, params, own);
      // The specification promises this type; the contract tests hold recorded answers against it.
      return new ActionCall(outcome as Promise<CallResult<never>>);
    },
  };
}

type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> };

/** A copy of options without those that are left open, which count as not given. */
function given<Options extends object>(options: Options): Given<Options> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<Options>;
}

/** @throws ConfigurationError that tells of everything at once. */
function checkOptions(all: CallSettings): void {
  const { fetch, middleware, timeout, maxRetries, method, logger, validate, onContractViolation } = all;
  const faults = [
    typeof fetch !== "function" && "fetch must be a function",
    !Array.isArray(middleware) && "middleware must be a list",
    (typeof timeout !== "number" || !(timeout >= 0)) && "timeout must be a number of milliseconds",
    (!Number.isInteger(maxRetries) || maxRetries < 0) && "maxRetries must be a whole number",
    method !== "GET" && method !== "POST" && "method must be GET or POST",
    logger && !logger.attempt && "logger must come from createLogger",
    onContractViolation && !validate && "onContractViolation needs validate",
  ].filter(Boolean);
  if (faults.length > 0) throw new ConfigurationError(`${faults.join("; ")}.`);
}

function chooseBaseUrl(explicit: string | undefined, { baseUrl, environmentPrefix }: Settings): string {
  const variable = `${environmentPrefix}_BASE_URL`;
  const chosen = explicit ?? processEnvironment(variable) ?? baseUrl;
  if (isBaseUrl(chosen)) return new URL(chosen).href;
  throw new ConfigurationError(
    `${variable} or baseUrl must be an http or https URL without query, fragment or user, like ${baseUrl}.`,
  );
}
