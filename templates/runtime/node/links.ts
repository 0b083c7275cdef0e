import { ActionError } from "../errors.js";
import { AttemptError } from "./download-error.js";
import type { LinkSource } from "./options.js";

/** Links of a download, renewed when they expire. */
export type Links = ReturnType<typeof createLinks>;

/**
 * Creates the links of a download.
 *
 * @param first links of `source`, without a `linkProblem`.
 */
export function createLinks(first: readonly string[], source: LinkSource, signal: AbortSignal) {
  let newest = first;
  let renewal: Promise<void> | undefined;

  async function requestFresh(): Promise<void> {
    if (typeof source !== "function")
      throw new AttemptError(
        "none",
        "expired",
        "the server rejects the link, and there is no function to renew it",
      );
    const fresh = await requestLinks(source, signal).catch((cause: unknown) => {
      if (!(cause instanceof ActionError)) throw cause;
      throw new AttemptError("none", "call", `the call for fresh links failed: ${cause.message}`, { cause });
    });
    if (fresh.length !== first.length) {
      const problem = `the first response had ${first.length} links, a later one ${fresh.length}`;
      throw new AttemptError("none", "link", problem);
    }
    const problem = fresh.map((_, shard) => linkProblem(fresh, shard)).find(Boolean);
    if (problem !== undefined) throw new AttemptError("none", "link", `a fresh link ${problem}`);
    newest = reordered(first, fresh);
  }

  return {
    /** URL paths of the first links. */
    paths: first.map(pathOf),
    /** Returns the newest link of a file. @throws AttemptError if no fresh link is known to lead to it. */
    current(shard: number): string {
      const link = newest[shard];
      if (link) return link;
      throw new AttemptError("none", "link", "no fresh link is known to lead to the same file");
    },
    /**
     * Requests fresh links, unless the rejected one has been replaced already.
     *
     * @throws AttemptError if the call fails or a link cannot be used.
     */
    async renew(shard: number, rejected: string): Promise<void> {
      if (newest[shard] !== rejected) return;
      renewal ??= requestFresh().finally(() => {
        renewal = undefined;
      });
      await renewal;
    },
  };
}

/** Returns the links of a source, unchecked. */
export async function requestLinks(source: LinkSource, signal: AbortSignal): Promise<readonly string[]> {
  const links: unknown = typeof source === "function" ? await source(signal) : source;
  return typeof links === "string" ? [links] : Array.isArray(links) ? links : [];
}

/** Describes the problem of a link, which may be a value of any type. Returns `undefined` if the link is valid. */
export function linkProblem(links: readonly unknown[], shard: number): string | undefined {
  const link = links[shard];
  if (typeof link !== "string" || !URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
    return "is not an http or https URL";
  const { username, password } = new URL(link);
  if (username + password !== "") return "contains a user name or a password";
  return links.indexOf(link) < shard ? "is the same as an earlier link" : undefined;
}

function pathOf(link: string): string {
  return new URL(link).pathname;
}

function nameOf(link: string): string {
  const path = pathOf(link);
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Puts fresh links in the order of the first ones: by path if the signature is in the query, otherwise by file name. A link
 * without a unique counterpart becomes "".
 */
function reordered(first: readonly string[], fresh: readonly string[]): readonly string[] {
  if (first.every((link, shard) => pathOf(link) === pathOf(fresh[shard] as string))) return fresh;
  const counterpart = (link: string, keyOf: (link: string) => string) => {
    const hasSameKey = (other: string) => keyOf(other) === keyOf(link);
    const matches = fresh.filter(hasSameKey);
    return matches.length === 1 && first.filter(hasSameKey).length === 1 ? matches[0] : undefined;
  };
  return first.map((link) => counterpart(link, pathOf) ?? counterpart(link, nameOf) ?? "");
}
