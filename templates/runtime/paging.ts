import { ActionCall, type CallResponse } from "./action-call.js";
import type { CallOptions, Connection } from "./connection.js";
import { InvalidResponseError } from "./errors.js";
import { toJson } from "./exact-json.js";
import type { PagedOperation } from "./operation.js";

/**
 * A call of an action that returns a list page by page. Await it for one page, the one that the parameters ask for; iterate
 * over it for the items of this page and all that follow; or iterate over `pages()`.
 */
export class PagedCall<Body extends object, Item> extends ActionCall<Body> implements AsyncIterable<Item> {
  readonly #operation: PagedOperation<never, Body>;
  readonly #params: object;
  readonly #request: (params: object) => ActionCall<Body>;

  constructor(
    operation: PagedOperation<never, Body>,
    params: object,
    request: (params: object) => ActionCall<Body>,
  ) {
    super(request(params));
    this.#operation = operation;
    this.#params = { ...params };
    this.#request = request;
  }

  /**
   * Iterates over the pages, each of which is requested when it is needed.
   *
   * Ends with an empty page, or when as many items have arrived as there are in total; if the gateway does not return the
   * total, with a page that is shorter than the limit. A short page alone is not the end, since a gateway may return fewer
   * items than requested.
   *
   * @throws CallError if a request fails; InvalidResponseError if the gateway returns a page again, since it ignores the
   *   offset and iteration would never end.
   */
  pages(): AsyncGenerator<Body, void, undefined> {
    return this.#iterate((page) => [page], settled(this));
  }

  /** Iterates over the items of the pages. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { items } = this.#operation.paging;
    return this.#iterate((page) => (page as Record<string, Item[]>)[items] as Item[], settled(this));
  }

  /** One generator for both, since engines limit the number of asynchronous calls in the stack of an error. */
  async *#iterate<Part>(
    partsOf: (page: Body) => readonly Part[],
    first: Promise<() => CallResponse<Body>>,
  ): AsyncGenerator<Part, void, undefined> {
    const { action, retrySafe, paging, old } = this.#operation;
    const params: Readonly<Record<string, unknown>> = {
      ...(old?.params(this.#params, { action, retrySafe }) ?? this.#params),
    };
    const size = Number(params[paging.limit] ?? Number.NaN);
    let position = Number(params[paging.offset] ?? 0);
    let page = first;
    let previous = "";
    // The page whose number is the latest power of two: a cycle of pages comes back to it, however long it is.
    let kept = "";
    for (let number = 1; ; number += 1) {
      const outcome = (await page)();
      const { data, requestId } = outcome;
      const body = data as Record<string, unknown>;
      const list = Array.isArray(body[paging.items]) ? (body[paging.items] as unknown[]) : [];
      if (list.length === 0) return;
      const current = toJson(list);
      if (current === previous || current === kept) {
        const note = `the same ${paging.items} at ${paging.offset} ${position} as in an earlier page`;
        throw new InvalidResponseError(outcome.response.status, note, { action, retrySafe, requestId });
      }
      previous = current;
      if ((number & (number - 1)) === 0) kept = current;
      yield* partsOf(data);
      position += list.length;
      const total = Number(body[paging.total] ?? Number.NaN);
      if (Number.isNaN(total) ? list.length < size : position >= total) return;
      page = settled(this.#request({ ...params, [paging.offset]: position }));
    }
  }
}

/** Resolves to a function that returns or throws, since iteration may start after a failure, which is not unhandled then. */
function settled<Body>(call: ActionCall<Body>): Promise<() => CallResponse<Body>> {
  return call.withResponse().then(
    (response) => () => response,
    (error: unknown) => () => {
      throw error;
    },
  );
}

/** Calls an action that returns a list page by page. */
export function pagedCall<Body extends object, Item>(
  connection: Connection,
  operation: PagedOperation<never, Body>,
  params: object,
  options?: CallOptions,
): PagedCall<Body, Item> {
  return new PagedCall(operation, params, (all) => connection.call(operation, all, options));
}
