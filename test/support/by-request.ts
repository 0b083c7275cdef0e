import type { Fetch } from "@dezai/core";

/** A `fetch` for tests that want to look at the request as a whole. */
export function byRequest(handle: (request: Request) => Promise<Response>): Fetch {
  return (url, init) => handle(new Request(url, init as RequestInit));
}
