import { ActionError } from "../errors.js";
import { ShardFailure } from "./download-error.js";
import type { LinkSource } from "./options.js";

/** The links of a download, kept fresh. */
export interface Links {
  /** Paths of the first links, by shard. */
  readonly paths: readonly string[];
  /** The newest link of a shard. @throws ShardFailure where none is certain to be. */
  readonly of: (shard: number) => string;
  /**
   * Gets fresh links, unless somebody did since `stale` was the newest.
   *
   * @throws ShardFailure where they cannot be had or used.
   */
  readonly renew: (shard: number, stale: string) => Promise<void>;
}

/** What is wrong with links as a whole, or with one of them. */
export interface LinkFault {
  /** `undefined` for all of them. */
  readonly shard: number | undefined;
  readonly problem: string;
}

/** Asks for links and checks them. @returns faults in place of links that cannot be used. Throws what the source throws. */
export async function openLinks(source: LinkSource, signal: AbortSignal): Promise<Links | LinkFault[]> {
  const ask = async () => toList(typeof source === "function" ? await source(signal) : source);
  const first = await ask();
  const faults = faultsOf(first);
  if (faults.length > 0) return faults;
  let newest = first;
  let pending: Promise<void> | undefined;

  async function askAgain(): Promise<void> {
    if (typeof source !== "function")
      throw new ShardFailure(
        "none",
        "expired",
        "the link is refused, and there is no way to get a fresh one",
      );
    let fresh: readonly string[];
    try {
      fresh = await ask();
    } catch (failure) {
      if (!(failure instanceof ActionError)) throw failure;
      throw new ShardFailure("none", "call", `no fresh link could be had: ${failure.message}`, {
        cause: failure,
      });
    }
    if (fresh.length !== first.length) {
      const problem = `the answer held ${first.length} links first and ${fresh.length} later`;
      throw new ShardFailure("none", "link", problem);
    }
    const [fault] = faultsOf(fresh);
    if (fault !== undefined) throw new ShardFailure("none", "link", `a fresh link ${fault.problem}`);
    newest = inOrder(first, fresh);
  }

  return {
    paths: first.map(pathOf),
    of(shard) {
      const link = newest[shard];
      if (link) return link;
      throw new ShardFailure("none", "link", "no fresh link is certain to lead to the same file");
    },
    async renew(shard, stale) {
      if (newest[shard] !== stale) return;
      pending ??= askAgain().finally(() => {
        pending = undefined;
      });
      await pending;
    },
  };
}

function toList(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
}

function faultsOf(links: readonly unknown[]): LinkFault[] {
  if (links.length === 0) return [{ shard: undefined, problem: "the answer holds no link" }];
  return links.flatMap((link, shard) => {
    const problem = faultOf(link) ?? (links.indexOf(link) < shard ? "is the same as another one" : undefined);
    return problem === undefined ? [] : [{ shard, problem }];
  });
}

function faultOf(link: unknown): string | undefined {
  if (typeof link !== "string" || !URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
    return "is no http or https URL";
  const { username, password } = new URL(link);
  return username + password === "" ? undefined : "holds a user name or a password";
}

function pathOf(link: string): string {
  return new URL(link).pathname;
}

/**
 * Puts fresh links in the order of the first ones: by path, where a signature stands in the query, else by file name; a link
 * whose file is not certain becomes "".
 */
function inOrder(first: readonly string[], fresh: readonly string[]): string[] {
  const isSame = first.every((link, shard) => pathOf(link) === pathOf(fresh[shard] as string));
  if (isSame) return [...fresh];
  return first.map((link) => only(first, fresh, link, pathOf) ?? only(first, fresh, link, nameOf) ?? "");
}

function nameOf(link: string): string {
  const path = pathOf(link);
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The one fresh link that shares a key with one first link. */
function only(
  first: readonly string[],
  fresh: readonly string[],
  link: string,
  keyOf: (link: string) => string,
): string | undefined {
  const key = keyOf(link);
  const [found, second] = fresh.filter((one) => keyOf(one) === key);
  const isOnly = second === undefined && first.filter((one) => keyOf(one) === key).length === 1;
  return isOnly ? found : undefined;
}
