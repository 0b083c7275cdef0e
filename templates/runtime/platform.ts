/**
 * The platform's own types, where a program knows them: declarations that name them outright would not compile for
 * a program without `lib: ["DOM"]` and without the types of a platform.
 */

type Known<Name extends string, Otherwise> = typeof globalThis extends {
  readonly [Key in Name]: { prototype: infer Instance };
}
  ? Instance
  : Otherwise;

/** The platform's `AbortSignal`. */
export type PlatformSignal = Known<"AbortSignal", { readonly aborted: boolean }>;

/** The platform's `Response`. */
export type PlatformResponse = Known<"Response", { readonly status: number; text(): Promise<string> }>;

/** The platform's `Headers`. */
export type PlatformHeaders = Known<"Headers", { get(name: string): string | null }>;

/** What a `fetch` is given: as much as every one of them understands. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  /** A form; none for a GET. */
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: PlatformSignal;
}

/** A function such as the platform's `fetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<PlatformResponse>;
