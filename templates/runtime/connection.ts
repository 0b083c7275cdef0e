import type { Middleware } from "openapi-fetch";
import { isBaseUrl } from "./base-url.js";
import {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  processEnvironment,
} from "./credentials.js";
import {
  ConfigurationError,
  InvalidParameterError,
  type ParameterFault,
  type RetCodeTable,
} from "./errors.js";
import { tryFlatten } from "./parameters.js";
import { readResponse } from "./response.js";
import { signingParameters } from "./signature.js";
import { createTransport } from "./transport.js";

/** What the generator knows about one action: all that a call needs besides its parameters. */
export interface Operation<Params extends object, Body extends object> {
  readonly action: string;
  /** The parameters of the call, and whether each is required. */
  readonly parameters: {
    readonly [Name in keyof Params & string]-?: undefined extends Params[Name] ? false : true;
  };
  readonly retCodes: RetCodeTable;
  /** Carries the type of the success body; never set. */
  readonly body?: Body;
}

/** What the generator's configuration fixes for a package. */
export interface Settings {
  readonly baseUrl: string;
  /** First part of the names of environment variables: `<PREFIX>_PUBLIC_KEY` and so on. */
  readonly environmentPrefix: string;
  /** Response header that names the request. */
  readonly requestIdHeader: string;
}

/** How to make a client. Everything may be left out where the environment holds the key pair. */
export interface ConnectionOptions<Defaults extends object = object> {
  /** Key pair, or a provider that is asked before each request. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** Values for parameters that many actions share; each call may override them. */
  readonly defaults?: Defaults | undefined;
  /** Where the gateway is. Default: `<PREFIX>_BASE_URL` of the environment, else the brand's gateway. */
  readonly baseUrl?: string | undefined;
  /** Middleware of openapi-fetch, run in this order. It sees, and may change, the unsigned request. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Sends a request in place of the platform's `fetch`, for a proxy or a test. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** What one call may set besides its parameters. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Headers to send along. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Names of the parameters that the options of a client are certain to hold a default for. */
export type DefaultedNames<Options> = Options extends { readonly defaults: infer Defaults }
  ? string extends keyof Defaults
    ? never
    : { [Name in keyof Defaults]-?: undefined extends Defaults[Name] ? never : Name }[keyof Defaults] & string
  : never;

/** Options without a default that nothing is known by: a misspelt one would be passed over in silence. */
export type KnownDefaults<Options extends ConnectionOptions, Known extends object> = Options & {
  readonly defaults?: {
    readonly [Name in keyof NonNullable<Options["defaults"]>]: Name extends keyof Known ? unknown : never;
  };
};

/** The parameters of a call, of which those with a default may be left out. */
export type CallParams<Params, Defaulted extends string> = Omit<Params, Defaulted> &
  Partial<Pick<Params, Defaulted & keyof Params>>;

/** The way to one gateway with one set of credentials; carries out any action. Every client is one. */
export interface Connection<Defaulted extends string = never> {
  /**
   * Carries out an action.
   *
   * @returns the success body.
   * @throws RetCodeError, HttpError, InvalidResponseError, NetworkError, InvalidParameterError, CredentialsError
   */
  readonly call: <Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    params: CallParams<Params, Defaulted>,
    options?: CallOptions,
  ) => Promise<Body>;
  /** Carries the names of the defaults, so that a connection without them does not pass for one with them; never set. */
  readonly defaulted?: (name: Defaulted) => void;
}

/**
 * Makes a connection.
 *
 * @throws CredentialsError, ConfigurationError at once, so that a program does not start with what cannot work.
 */
export function connect<const Options extends ConnectionOptions>(
  options: Options,
  settings: Settings,
): Connection<DefaultedNames<Options>> {
  const { fetch = (request: Request) => globalThis.fetch(request), middleware = [] } = options;
  if (typeof fetch !== "function")
    throw new ConfigurationError("fetch must be a function that takes a Request.");
  if (!Array.isArray(middleware)) throw new ConfigurationError("middleware must be a list.");
  const transport = createTransport({
    baseUrl: chooseBaseUrl(options.baseUrl, settings),
    credentials: options.credentials ?? credentialsFromEnvironment(settings.environmentPrefix),
    middleware,
    fetch,
  });
  const defaults = { ...options.defaults } as Readonly<Record<string, unknown>>;

  return {
    async call(operation, params, { headers, signal } = {}) {
      const { action, retCodes } = operation;
      const { requestIdHeader } = settings;
      const parameters = prepare(action, operation.parameters, params, defaults);
      const response = await endedBy(signal, () => transport({ parameters, headers, signal }));
      const body = readResponse(response, { action, retCodes, requestIdHeader });
      // The specification promises this type; the contract tests hold recorded answers against it.
      return body as NonNullable<(typeof operation)["body"]>;
    },
  };
}

/** Ends with the signal, even where the work below (a provider of credentials, a `fetch`) does not listen to it. */
async function endedBy<Result>(
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (signal === undefined) return await work();
  signal.throwIfAborted();
  let stopListening = () => {};
  const ended = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    stopListening = () => signal.removeEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    stopListening();
  }
}

/** Fills in defaults, checks and flattens. All faults at once. */
function prepare(
  action: string,
  parameters: Readonly<Record<string, boolean>>,
  params: object,
  defaults: Readonly<Record<string, unknown>>,
): Map<string, string> {
  const given: Record<string, unknown> = { ...params };
  for (const name of Object.keys(parameters)) given[name] ??= defaults[name];

  const { flat, faults } = tryFlatten(given);
  // An array or object is given where any part of it is: an empty one would not be sent.
  const sent = new Set([...flat.keys()].map((name) => name.split(".", 1)[0]));
  const isBad = (name: string) => faults.some(({ path }) => path.split(/[.[]/, 1)[0] === name);
  const missing = Object.keys(parameters).filter(
    (name) => parameters[name] && !sent.has(name) && !isBad(name),
  );
  const reserved = reservedNames.filter((name) => Object.hasOwn(given, name));
  const all: ParameterFault[] = [
    ...missing.map((path) => ({ path, problem: "is required" })),
    ...reserved.map((path) => ({ path, problem: "is set by the client, not by the call" })),
    ...faults,
  ];
  if (all.length > 0) throw new InvalidParameterError(all, { action });
  return new Map([["Action", action], ...flat]);
}

const reservedNames = ["Action", ...signingParameters];

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
