import { readRetryAfter } from "../retry.js";
import { type Redaction, redactionOf, systemCode, withoutSecrets } from "../secrets.js";
import type { Answer, Ask } from "./answer.js";
import { isPassingStatus, ShardFailure } from "./download-error.js";
import type { Watch } from "./watch.js";

const mostRedirects = 5;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
/** What servers of signed links answer when one has expired, or its file has moved. */
const refusals: readonly number[] = [400, 401, 403, 404, 410];

/**
 * Asks for a file or a part of it, and follows redirects.
 *
 * @returns an answer with status 200, 206 or 416.
 * @throws ShardFailure
 */
export async function request(
  link: string,
  headers: Readonly<Record<string, string>>,
  watch: Watch,
  ask: Ask,
): Promise<Answer> {
  let url = link;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const init = {
      method: "GET",
      // The length of what is compressed says nothing of the file's.
      headers: { ...headers, "Accept-Encoding": "identity" },
      redirect: "manual",
      signal: watch.signal,
    } as const;
    const answer = await guarded(() => ask(url, init), url, watch);
    const { status } = answer;
    if (status === 200 || status === 206 || status === 416) return answer;
    answer.discard();
    if (!redirects.includes(status)) throw failureOf(answer);
    url = follow(url, answer.header("Location"), status);
  }
  throw new ShardFailure("none", "http", "there are too many redirects");
}

function failureOf({ status, header }: Answer): ShardFailure {
  if (refusals.includes(status)) {
    return new ShardFailure("renew", "expired", `the link is refused with HTTP ${status}`, { status });
  }
  const retryAfter = readRetryAfter(header("Retry-After"));
  return new ShardFailure(isPassingStatus(status) ? "again" : "none", "http", `HTTP ${status}`, {
    status,
    retryAfter,
  });
}

function follow(url: string, location: string | null, status: number): string {
  const next = location !== null && URL.canParse(location, url) ? new URL(location, url) : undefined;
  const protocols = url.startsWith("https:") ? ["https:"] : ["http:", "https:"];
  if (next !== undefined && protocols.includes(next.protocol)) return next.href;
  const problem = `HTTP ${status} leads to no address that may be followed`;
  throw new ShardFailure("none", "http", problem, { status });
}

/** What a server's work comes to. @throws ShardFailure, which holds nothing of the link. */
export async function guarded<Result>(
  work: () => Promise<Result>,
  url: string,
  watch: Watch,
): Promise<Result> {
  try {
    return await watch.wait(work());
  } catch (failure) {
    if (watch.isStalled()) throw new ShardFailure("again", "stalled", "the server stopped sending");
    const code = systemCode(failure);
    throw new ShardFailure("again", "network", `the connection failed${code && ` (${code})`}`, {
      code,
      cause: withoutSecrets(failure, redactionOfLink(url)),
    });
  }
}

/** Hides all of a link but its host. */
function redactionOfLink(link: string): Redaction {
  const { href, pathname, search, searchParams } = new URL(link);
  const paths = pathname === "/" ? [] : [pathname];
  const parts = [link, href, pathname + search, ...paths, search, ...searchParams.values()];
  // As if each were a secret parameter.
  return redactionOf(new Map(parts.map((part, index) => [`link.${index}`, part])), ["link"]);
}
