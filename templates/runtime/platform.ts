/**
 * The platform's own types, if the program declares them. Declarations that name them directly would not compile in a
 * program without `lib: ["DOM"]` and without the types of a platform.
 */

type IfDeclared<Name extends string, Fallback> = typeof globalThis extends {
  readonly [Key in Name]: { prototype: infer Instance };
}
  ? Instance
  : Fallback;

/** The platform's `AbortSignal`. */
export type PlatformSignal = IfDeclared<"AbortSignal", { readonly aborted: boolean }>;

/** The platform's `Response`. */
export type PlatformResponse = IfDeclared<"Response", { readonly status: number; text(): Promise<string> }>;

/** The platform's `Headers`. */
export type PlatformHeaders = IfDeclared<"Headers", { get(name: string): string | null }>;

/** The platform's `WritableStream`. */
export type PlatformWritableStream = IfDeclared<"WritableStream", { readonly locked: boolean }>;

/** Second argument of `fetch`, limited to what every implementation supports. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  /** A form; absent for GET. */
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: PlatformSignal;
}

/** A function with the signature of the platform's `fetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<PlatformResponse>;
