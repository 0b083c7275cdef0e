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
 * It ends with a part that is empty, or when as many items have come as there are in total; where the gateway does not tell
 * that, with a part that is shorter than the caller's limit. A short part alone is not the end: a gateway may give less at
 * once than it was asked for.
 *
 * @throws CallError where a call fails, and InvalidResponseError where a gateway gives a part again: it does not heed the
 *   offset, and would do so for ever.
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
  // Of the part whose number is the latest power of two: parts that come in turns reach it again, however many there are.
  let kept = "";
  for (let number = 1; ; number += 1) {
    const { data, requestId, response } = await connection
      .call(operation, { ...params, [offset]: position }, options)
      .withResponse();
    const body = data as Record<string, unknown>;
    const list = Array.isArray(body[items]) ? (body[items] as unknown[]) : [];
    if (list.length === 0) return;
    const now = JSON.stringify(list);
    if (now === before || now === kept) {
      const { action, retrySafe } = operation;
      const note = `the same ${items} from ${offset} ${position} as in a part before`;
      throw new InvalidResponseError(response.status, note, { action, retrySafe, requestId });
    }
    before = now;
    if ((number & (number - 1)) === 0) kept = now;
    yield data;
    position += list.length;
    const all = Number(body[total] ?? Number.NaN);
    if (Number.isNaN(all) ? list.length < size : position >= all) return;
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
