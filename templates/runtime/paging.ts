import type { CallOptions, Connection } from "./connection.js";
import { InvalidResponseError } from "./errors.js";
import type { PagedOperation } from "./operation.js";

/** The item type of a field that holds a list. */
export type ItemOf<Body, Field extends string> = Field extends keyof Body
  ? NonNullable<Body[Field]> extends readonly (infer Item)[]
    ? Item
    : never
  : never;

/**
 * Calls a paged action for one part after the other, each when it is asked for.
 *
 * It ends with the part that is shorter than the caller's limit or empty, or when as many items have come as there are.
 *
 * @throws CallError where a call fails, and InvalidResponseError where a gateway gives the same part again: it does not
 *   heed the offset, and would do so for ever.
 */
export async function* pagesOf<Body extends object>(
  connection: Pick<Connection, "call">,
  operation: PagedOperation<never, Body>,
  params: object,
  options?: CallOptions,
): AsyncGenerator<Body, void, undefined> {
  const { offset, limit, total, items } = operation.paging;
  const given: Record<string, unknown> = { ...params };
  const size = Number(given[limit] ?? Number.NaN);
  let position = Number(given[offset] ?? 0);
  let before = "";
  for (;;) {
    const { data, requestId, response } = await connection
      .call(operation, { ...params, [offset]: position }, options)
      .withResponse();
    const body = data as Record<string, unknown>;
    const list = Array.isArray(body[items]) ? (body[items] as unknown[]) : [];
    if (list.length === 0) return;
    const now = JSON.stringify(list);
    if (now === before) {
      const { action, retrySafe } = operation;
      const note = `the same ${items} from ${offset} ${position} as in the part before`;
      throw new InvalidResponseError(response.status, note, { action, retrySafe, requestId });
    }
    before = now;
    yield data;
    position += list.length;
    if (list.length < size || position >= Number(body[total] ?? Number.NaN)) return;
  }
}

/** As {@link pagesOf}, but gives the items one by one. */
export async function* itemsOf<Item, Body extends object>(
  connection: Pick<Connection, "call">,
  operation: PagedOperation<never, Body>,
  params: object,
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  for await (const body of pagesOf(connection, operation, params, options))
    yield* (body as Record<string, unknown>)[operation.paging.items] as Item[];
}
