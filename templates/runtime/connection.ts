import type { Middleware } from "openapi-fetch";
import {
  type Credentials,
  type CredentialsProvider,
  checkCredentials,
  credentialsFromEnvironment,
  processEnvironment,
} from "./credentials.js";
import {
  InvalidOptionError,
  InvalidParameterError,
  type ParameterFault,
  type RetCodeTable,
} from "./errors.js";
import { tryFlatten } from "./parameters.js";
import { readResponse } from "./response.js";
import { createTransport } from "./transport.js";

/** What the generator knows about one action: all that a call needs besides its parameters. */
export interface Operation<Params extends object, Body extends object> {
  readonly action: string;
  /** The parameters of the call, and whether each is required. */
  readonly parameters: {
    readonly [Name in keyof Params & string]-?: undefined extends Params[Name] ? false : true;
  };
  /** Whether repeating the call cannot do harm. */
  readonly retrySafe: boolean;
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
export interface ConnectionOptions<Defaults extends object> {
  /** Key pair, or a provider that is asked before each request. Default: the environment. */
  readonly credentials?: Credentials | CredentialsProvider;
  /** Values for parameters that many actions share; each call may override them. */
  readonly defaults?: Defaults;
  /** Where the gateway is. Default: `<PREFIX>_BASE_URL` of the environment, else the brand's gateway. */
  readonly baseUrl?: string;
  /** Middleware of openapi-fetch, run in this order. It sees, and may change, the unsigned request. */
  readonly middleware?: readonly Middleware[];
  /** Sends a request in place of the platform's `fetch`, for a proxy or a test. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** What one call may set besides its parameters. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Headers to send along. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Names that have a value in `Defaults`. */
export type DefaultedNames<Defaults> = {
  [Name in keyof Defaults]-?: undefined extends Defaults[Name] ? never : Name;
}[keyof Defaults] &
  string;

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
  call<Params extends object, Body extends object>(
    operation: Operation<Params, Body>,
    params: CallParams<Params, Defaulted>,
    options?: CallOptions,
  ): Promise<Body>;
}

/**
 * Makes a connection.
 *
 * @throws CredentialsError, InvalidOptionError at once, so that a program does not start with what cannot work.
 */
export function connect<const Defaults extends object = Record<never, never>>(
  options: ConnectionOptions<Defaults>,
  settings: Settings,
): Connection<DefaultedNames<Defaults>> {
  const credentials = options.credentials ?? credentialsFromEnvironment(settings.environmentPrefix);
  const transport = createTransport({
    baseUrl: chooseBaseUrl(options.baseUrl, settings),
    credentials: typeof credentials === "function" ? credentials : checkCredentials({ ...credentials }),
    middleware: options.middleware ?? [],
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
  });
  const defaults = { ...options.defaults } as Readonly<Record<string, unknown>>;

  return {
    async call(operation, params, { headers, signal } = {}) {
      const { action, retCodes } = operation;
      const { requestIdHeader } = settings;
      const parameters = prepare(action, operation.parameters, params, defaults);
      const response = await transport({ parameters, headers, signal });
      const body = readResponse(response, { action, retCodes, requestIdHeader });
      // The specification promises this type; the contract tests hold recorded answers against it.
      return body as NonNullable<(typeof operation)["body"]>;
    },
  };
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

  const faults: ParameterFault[] = [];
  for (const [name, required] of Object.entries(parameters)) {
    if (required && (given[name] === undefined || given[name] === null)) {
      faults.push({ path: name, problem: "is required" });
    }
  }
  for (const name of reservedNames) {
    if (Object.hasOwn(given, name))
      faults.push({ path: name, problem: "is set by the client, not by the call" });
  }
  const flattened = tryFlatten(given);
  faults.push(...flattened.faults);
  if (faults.length > 0) throw new InvalidParameterError(faults, { action });
  return new Map([["Action", action], ...flattened.flat]);
}

const reservedNames = ["Action", "PublicKey", "SecurityToken", "Signature"];

function chooseBaseUrl(explicit: string | undefined, { baseUrl, environmentPrefix }: Settings): string {
  const variable = `${environmentPrefix}_BASE_URL`;
  const fromEnvironment = processEnvironment()[variable] || undefined;
  const [chosen, source] =
    explicit !== undefined
      ? [explicit, "baseUrl"]
      : [fromEnvironment ?? baseUrl, fromEnvironment ? variable : "baseUrl"];
  let url: URL | undefined;
  try {
    url = new URL(chosen);
  } catch {}
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search ||
    url.hash ||
    url.username ||
    url.password
  ) {
    throw new InvalidOptionError(
      `${source} must be an http or https URL without query, fragment or user, like ${baseUrl}.`,
    );
  }
  return url.href;
}
