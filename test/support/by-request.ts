import type { Fetch } from "@dezai/core";

/** A `fetch` whose handler receives a `Request`. */
export function byRequest(handle: (request: Request) => Promise<Response>): Fetch {
  return (url, init) => handle(new Request(url, init as RequestInit));
}
