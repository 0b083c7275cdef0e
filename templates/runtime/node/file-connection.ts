import { onAbort } from "../deadline.js";
import { readRetryAfter } from "../retry.js";
import { redactionOf, systemCode, withoutSecrets } from "../secrets.js";
import { AttemptError, isTransientStatus } from "./download-error.js";
import type { HttpClient, HttpResponse } from "./http-client.js";
import { leadsInside } from "./private-hosts.js";

/** Settings of a connection. */
export interface ConnectionSettings {
  readonly client: HttpClient;
  /** Milliseconds that the server may send nothing; 0 for no limit. */
  readonly stallTimeout: number;
  /** Whether a public host may redirect to a private address. */
  readonly allowPrivateRedirects: boolean;
  /** Signal of the whole download. */
  readonly signal: AbortSignal;
}

// Node's timers do not accept a longer delay.
const maxTimerDelay = 2 ** 31 - 1;
const maxRedirects = 5;
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];
/** Statuses of file servers for a signed link that has expired, or whose file has moved. */
const rejectionStatuses: readonly number[] = [400, 401, 403, 404, 410];

/** Connection to a file server for one attempt. It is closed when the download ends or the server stops sending. */
export class FileConnection {
  readonly #settings: ConnectionSettings;
  readonly #controller = new AbortController();
  readonly #release: () => void;
  /** Link and redirects. */
  readonly #urls: string[];
  #isStalled = false;
  #rejectPending: (reason: Error) => void = () => {};

  constructor(link: string, settings: ConnectionSettings) {
    this.#urls = [link];
    this.#settings = settings;
    this.#release = onAbort(settings.signal, () => this.#abort());
    if (settings.signal.aborted) this.#abort();
  }

  /**
   * Requests the file or a range of it, and follows redirects.
   *
   * @returns response with status 200, 206 or 416.
   * @throws AttemptError
   */
  async request(headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const url = this.#urls.at(-1) as string;
      const init = {
        method: "GET",
        // The length of a compressed response is not the length of the file.
        headers: { ...headers, "Accept-Encoding": "identity" },
        redirect: "manual",
        signal: this.#controller.signal,
      } as const;
      const response = await this.#wait(() => this.#settings.client(url, init));
      if ([200, 206, 416].includes(response.status)) return response;
      response.discard();
      if (!redirectStatuses.includes(response.status)) throw statusError(response);
      this.#urls.push(await this.#redirectTarget(url, response));
    }
    throw new AttemptError("none", "http", "there are too many redirects");
  }

  /** Host and port of the last request. */
  get host(): string {
    return new URL(this.#urls.at(-1) as string).host;
  }

  /** Reads the body of a response. @throws AttemptError */
  async *chunks(response: HttpResponse): AsyncGenerator<Uint8Array, void, undefined> {
    const chunks = response.chunks();
    try {
      for (;;) {
        const { done, value } = await this.#wait(() => chunks.next());
        if (done) return;
        yield value;
      }
    } finally {
      void chunks.return?.().catch(() => {});
    }
  }

  close(): void {
    this.#release();
    this.#controller.abort();
  }

  /**
   * Waits for the server. Rejects as soon as the connection is aborted, even if `work` ignores the signal.
   *
   * @throws AttemptError without any part of the link.
   */
  async #wait<Result>(work: () => Promise<Result>): Promise<Result> {
    const { stallTimeout } = this.#settings;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      this.#controller.signal.throwIfAborted();
      return await new Promise((resolve, reject) => {
        this.#rejectPending = reject;
        if (stallTimeout > 0 && stallTimeout <= maxTimerDelay)
          timer = setTimeout(() => this.#stall(), stallTimeout);
        work().then(resolve, reject);
      });
    } catch (failure) {
      if (this.#isStalled) throw new AttemptError("retry", "stalled", "the server stopped sending");
      const cause = withoutSecrets(failure, redactionOfUrls(this.#urls));
      const code = systemCode(cause);
      const problem = `the connection failed${code && ` (${code})`}`;
      throw new AttemptError("retry", "network", problem, { code, cause });
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws AttemptError if the redirect must not be followed. */
  async #redirectTarget(url: string, { status, header }: HttpResponse): Promise<string> {
    const refuse = (problem: string): never => {
      throw new AttemptError("none", "http", `HTTP ${status} redirects to ${problem}`, { status });
    };
    const location = header("Location");
    if (location === null || !URL.canParse(location, url)) return refuse("an invalid URL");
    const target = new URL(location, url);
    const allowed = url.startsWith("https:") ? ["https:"] : ["http:", "https:"];
    if (!allowed.includes(target.protocol))
      refuse(`a URL with ${target.protocol}, but only ${allowed.join(" or ")} is allowed`);
    // The client would send them as `Authorization`.
    if (target.username + target.password !== "") refuse("a URL with a user name or a password");
    const { allowPrivateRedirects } = this.#settings;
    if (!allowPrivateRedirects && (await this.#wait(() => leadsInside(new URL(url), target)))) {
      const help = "pass `allowPrivateRedirects: true` if that is intended";
      refuse(`a private address, ${target.hostname}: ${help}`);
    }
    return target.href;
  }

  #stall(): void {
    this.#isStalled = true;
    this.#abort();
  }

  #abort(): void {
    this.#rejectPending(new Error("aborted"));
    this.#controller.abort();
  }
}

function statusError({ status, header }: HttpResponse): AttemptError {
  if (rejectionStatuses.includes(status))
    return new AttemptError("renew", "expired", `the server rejects the link with HTTP ${status}`, {
      status,
    });
  const retryAfter = readRetryAfter(header("Retry-After"));
  const remedy = isTransientStatus(status) ? "retry" : "none";
  return new AttemptError(remedy, "http", `HTTP ${status}`, { status, retryAfter });
}

/** Hides everything in URLs except their hosts. */
function redactionOfUrls(urls: readonly string[]) {
  const parts = urls.flatMap((url) => {
    const { href, pathname, search, searchParams } = new URL(url);
    const paths = pathname === "/" ? [] : [pathname];
    return [url, href, pathname + search, ...paths, search, ...searchParams.values()];
  });
  // Each part is treated like a secret parameter.
  return redactionOf(new Map(parts.map((part, index) => [`link.${index}`, part])), ["link"]);
}
