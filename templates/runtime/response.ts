import {
  type ErrorContext,
  HttpError,
  InvalidResponseError,
  RetCodeError,
  type RetCodeTable,
} from "./errors.js";
import { type LargeIntegers, parseExactly, toJson } from "./exact-json.js";
import type { PlatformHeaders } from "./platform.js";
import type { RetCodeName } from "./retcode-names.js";
import type { Redaction } from "./secrets.js";

/** A response whose body has arrived. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: PlatformHeaders;
  readonly body: string;
  /** Redacts what the response quotes of the signed request. */
  readonly redact?: Redaction;
}

/**
 * Parses a response of the gateway.
 *
 * A `RetCode` may be a string (`"0"`). It takes precedence over an HTTP error status, since it says more. A body that is nested
 * deeper than any is read as one without a RetCode.
 *
 * @param redact applied to everything that is quoted from the response.
 * @param integers type of those beyond 2^53.
 * @returns the success body with a numeric `RetCode`.
 * @throws RetCodeError, HttpError, InvalidResponseError
 */
export function readResponse(
  { status, headers, body }: ReceivedResponse,
  retCodes: RetCodeTable,
  context: ErrorContext,
  redact: Redaction,
  integers?: LargeIntegers,
): Record<string, unknown> {
  const value = parseJson(body, integers);
  const { RetCode, Message } = (value ?? {}) as Record<string, unknown>;
  // A list is its items as a string, and an object may have no string at all.
  const isTooDeep = isDeeper(value, maxLevels);
  const isInteger = typeof RetCode !== "object" && /^-?\d{1,15}$/.test(`${RetCode}`);
  const retCode = isInteger && !isTooDeep ? Number(RetCode) : undefined;
  if (retCode) {
    const message = typeof Message === "string" ? Message : Message == null ? "" : toJson(Message);
    throw new RetCodeError(retCode, redact(message), retCodes[retCode], context);
  }
  if (retCode === 0 && status < 300) return { ...(value as object), RetCode: 0 };
  const missing =
    value === undefined ? "JSON" : isTooDeep ? `JSON of ${maxLevels} levels at most` : "RetCode";
  const type = redact(headers.get("Content-Type") ?? "no type");
  const note = retCode === 0 ? "RetCode 0" : `no ${missing} in ${body.length} characters of ${type}`;
  throw new (status < 400 ? InvalidResponseError : HttpError)(status, note, context);
}

/** More than any response has, and less than what engines can handle. */
const maxLevels = 500;

/** Whether a value has more than as many levels of lists and objects. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return levels === 0 || items.some((item) => isDeeper(item, levels - 1));
}

function parseJson(text: string, integers?: LargeIntegers): unknown {
  try {
    return parseExactly(text, integers);
  } catch {
    return undefined;
  }
}

/** An item of a batch that failed although the call succeeded. */
export interface FailedItem<Item extends object = object> {
  /** Path of the item in the response, such as `DataSet[1]`. */
  readonly path: string;
  readonly retCode: number;
  /** Name of the code in the specification; empty if the specification does not list the code. */
  readonly codeName: RetCodeName;
  /** The gateway's message; empty if the item has none. */
  readonly serverMessage: string;
  readonly item: Item;
}

/** Types of the objects in a value that have a `RetCode`. A type can contain itself, so levels are counted. */
type ItemsOf<Value, Levels extends readonly unknown[]> = Levels extends readonly [unknown, ...infer Rest]
  ? Value extends readonly (infer Item)[]
    ? ItemsOf<Item, Rest>
    : Value extends object
      ? ("RetCode" extends keyof Value ? Value : never) | ItemsInside<Value, Rest>
      : never
  : never;

// Field by field: a union with a field of type `unknown` would be `unknown`.
type ItemsInside<Value, Levels extends readonly unknown[]> = {
  [Key in keyof Value]-?: ItemsOf<Value[Key], Levels>;
}[keyof Value];

/** Type of the items of a body that can fail; any object if the specification has no `RetCode` inside of the body. */
export type FailingItem<Body, Found = ItemsInside<Body, [0, 0, 0, 0, 0, 0]>> = [Found] extends [never]
  ? object
  : Extract<Found, object>;

/** Finds the items of a success body that have a RetCode other than 0. */
export function failedItems<Body extends object>(
  body: Body,
  retCodes: RetCodeTable,
): FailedItem<FailingItem<Body>>[] {
  const found: FailedItem<FailingItem<Body>>[] = [];
  const visited = new Set<object>();

  function visit(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null || visited.has(value)) return;
    visited.add(value);
    const { RetCode, Message } = value as { RetCode?: unknown; Message?: unknown };
    const retCode = typeof RetCode === "object" ? 0 : Number(RetCode ?? 0);
    if (path && retCode && Number.isInteger(retCode)) {
      const codeName = (retCodes[retCode]?.name ?? "") as RetCodeName;
      const serverMessage = typeof Message === "string" ? Message : "";
      found.push({ path, retCode, codeName, serverMessage, item: value as FailingItem<Body> });
    }
    for (const [key, item] of Object.entries(value))
      visit(item, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
  }

  visit(body, "");
  return found;
}
