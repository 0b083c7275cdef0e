import { ActionCall, type CallResult } from "./action-call.js";
import { isBaseUrl } from "./base-url.js";
import { type CallSettings, type ContractReport, makeCall } from "./call.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  processEnvironment,
} from "./credentials.js";
import { type CredentialsSource, createCredentialsSource } from "./credentials-source.js";
import { ActionError, type CallError, ConfigurationError, type Violation } from "./errors.js";
import { createLog, type Logger, type LogLevel } from "./log.js";
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
  /** Is told what happens; `console` is one. Default: nobody. */
  readonly logger?: Logger | undefined;
  /** The least that the logger is told. Default: `warn`. */
  readonly logLevel?: LogLevel | undefined;
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
  const {
    middleware = [],
    logger,
    logLevel,
    fetch = (url, init) => globalThis.fetch(url, init as RequestInit),
  } = options;
  if (typeof fetch !== "function") throw new ConfigurationError("fetch must be a function that takes a URL.");
  if (!Array.isArray(middleware)) throw new ConfigurationError("middleware must be a list.");
  if (options.onContractViolation !== undefined && options.validate === undefined)
    throw new ConfigurationError("onContractViolation needs validate.");
  checkShared(options);
  const sources = new WeakMap<object, CredentialsSource>();
  const sourceOf = (credentials: Credentials | CredentialsProvider): CredentialsSource => {
    // One source for each provider, so that calls which share it ask it once.
    const source = sources.get(credentials) ?? createCredentialsSource(credentials);
    if (typeof credentials === "function") sources.set(credentials, source);
    return source;
  };
  const client = {
    baseUrl: chooseBaseUrl(options.baseUrl, settings),
    requestIdHeader: settings.requestIdHeader,
    credentials: sourceOf(options.credentials ?? credentialsFromEnvironment(settings.environmentPrefix)),
    middleware: [...middleware],
    fetch,
    timeout: options.timeout ?? 90_000,
    maxRetries: options.maxRetries ?? 3,
    method: options.method ?? "GET",
    headers: { ...userAgent(settings), ...options.headers },
    retryDelay: options.retryDelay ?? retryDelay,
    budget: createRetryBudget(),
    log: createLog(logger, logLevel),
    observe: options.observe,
    validate: options.validate,
    onContractViolation: options.onContractViolation,
    signal: undefined,
  } satisfies CallSettings;
  const clientLocations = locationsOf(options, settings);

  async function call(
    operation: AnyOperation,
    params: object,
    own: CallOptions = {},
  ): Promise<CallResult<object>> {
    checkShared(own);
    const { signal, credentials, headers, timeout, maxRetries, method } = own;
    const located = { ...clientLocations, ...locationsOf(own, settings) };
    const given: Record<string, unknown> = { ...params };
    for (const [name, value] of Object.entries(located)) {
      if (Object.hasOwn(operation.parameters, name)) given[name] ??= value;
    }
    return await makeCall(operation, given, {
      ...client,
      signal,
      timeout: timeout ?? client.timeout,
      maxRetries: maxRetries ?? client.maxRetries,
      method: method ?? client.method,
      ...(headers === undefined ? {} : { headers: { ...client.headers, ...headers } }),
      ...(credentials === undefined ? {} : { credentials: sourceOf(credentials) }),
    });
  }

  return {
    call: (operation, params, own) => {
      const outcome = call(operation, params, own);
      // The specification promises this type; the contract tests hold recorded answers against it.
      return new ActionCall(outcome as Promise<CallResult<never>>, isCallError);
    },
  };
}

function isCallError(error: unknown): error is CallError {
  return error instanceof ActionError;
}

/** Values for parameters, by the options that give them. */
function locationsOf(options: object, { locations }: Settings): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [option, name] of Object.entries(locations)) {
    const value = (options as Record<string, unknown>)[option];
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** @throws ConfigurationError */
function checkShared({ timeout = 0, maxRetries = 0, method = "GET" }: SharedOptions): void {
  const faults: string[] = [];
  if (typeof timeout !== "number" || !(timeout >= 0))
    faults.push("timeout must be a number of milliseconds, 0 for no limit");
  if (!Number.isInteger(maxRetries) || maxRetries < 0)
    faults.push("maxRetries must be a whole number, 0 for none");
  if (method !== "GET" && method !== "POST") faults.push("method must be GET or POST");
  if (faults.length > 0) throw new ConfigurationError(`${faults.join("; ")}.`);
}

/** Browsers do not let a page name itself so, and would ask the gateway first whether the header is allowed. */
function userAgent({ userAgent: name }: Settings): Record<string, string> {
  const { process, Deno } = globalThis as { process?: { versions?: { node?: string } }; Deno?: object };
  return process?.versions?.node === undefined && Deno === undefined ? {} : { "User-Agent": name };
}

function chooseBaseUrl(explicit: string | undefined, { baseUrl, environmentPrefix }: Settings): string {
  const variable = `${environmentPrefix}_BASE_URL`;
  const fromEnvironment = explicit === undefined ? processEnvironment(variable) : undefined;
  const chosen = explicit ?? fromEnvironment ?? baseUrl;
  if (isBaseUrl(chosen)) return new URL(chosen).href;
  const source = fromEnvironment === undefined ? "baseUrl" : variable;
  throw new ConfigurationError(
    `${source} must be an http or https URL without query, fragment or user, like ${baseUrl}.`,
  );
}
