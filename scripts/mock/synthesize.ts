import {
  type ListType,
  madeResponse,
  madeValue,
  type ValueStyle,
  withoutRandomStrings,
} from "../emit/docs/response-example.js";
import type { Action, Type, Wait } from "../model/api-model.js";
import { responseFields } from "../model/fields.js";
import { isObject } from "../openapi/pointer.js";
import { fitted } from "./fitted.js";
import { withLinks } from "./links.js";
import { listSize, numbered, numberedList, numberedText } from "./numbered.js";

/** Success body that no recording has. */
export interface Synthesized {
  readonly body: Body;
  /** `example`: the documented one, whose invalid parts were replaced. `schema`: made from the schema of the response. */
  readonly origin: "example" | "schema";
}

type Body = Record<string, unknown>;
type Params = Readonly<Record<string, unknown>>;

const style: ValueStyle = {
  text(name, type) {
    const text = numberedText(name, 1, type);
    return type?.encoding === "base64" ? Buffer.from(text).toString("base64") : text;
  },
  list: numberedList,
};

/**
 * The success body of a call of an action. Lists are paged, states are final and links lead to the mock.
 *
 * @param params parameters of the call, as passed to a client.
 * @param downloads URL of the folder of the downloads, ends in `/`.
 */
export function synthesize(action: Action, params: Params, downloads: string): Synthesized {
  const { body: template, origin } = templateOf(action);
  const { paging } = action;
  const offset = paging === undefined ? 0 : numberOf(params[paging.offset], 0);
  const body = { ...template, ...listOf(action, template, params, offset) };
  return { body: withLinks(action, body, `${downloads}${action.name}/`, offset), origin };
}

/** The body that every call of an action gets parts of. */
function templateOf(action: Action): Synthesized {
  const { name, models, responseModel, responseExample: example } = action;
  const isSuccess = isObject(example) && Number(example.RetCode ?? 0) === 0;
  const body = isSuccess
    ? withoutRandomStrings({ ...example, RetCode: 0, Action: `${name}Response` }, name, style)
    : madeResponse(action, style);
  const type: Type = { kind: "object", model: responseModel, nullable: false };
  return {
    body: fitted(body, type, name, { models, style, isMade: !isSuccess }) as Body,
    origin: isSuccess ? "example" : "schema",
  };
}

/** The list of an action that pages or waits, and the number of all its items; empty for another action. */
function listOf(action: Action, template: Body, params: Params, offset: number): Body {
  const { paging, wait, models } = action;
  const field = responseFields(action).find(({ name }) => name === (paging ?? wait)?.items);
  if (field?.type.kind !== "array") return {};
  const { name, type } = field;
  const documented = template[name];
  const made = () => madeValue(type, name, models, style) as unknown[];
  const list = Array.isArray(documented) && documented.length > 0 ? documented : made();
  const items = list.map((item) => (wait === undefined ? item : inFinalState(item, wait, params)));
  const isOne = wait !== undefined && typeof params[wait.id] === "string";
  if (paging === undefined) return { [name]: isOne ? items.slice(0, 1) : items };
  const all = isOne ? items.slice(0, 1) : manyOf(items[0], type, action);
  const limit = Math.min(
    numberOf(params[paging.limit], defaultLimit(action)),
    numberOf(type.limits.maxItems, listSize),
  );
  return { [name]: all.slice(offset, offset + limit), [paging.total]: all.length };
}

/** Items that differ from each other; one if they cannot. */
function manyOf(first: unknown, { items }: ListType, { models, wait }: Action): unknown[] {
  if (first === undefined) return [];
  const numbers = Array.from({ length: listSize }, (_, index) => index + 1);
  const all = numbers.map((number) => numbered(first, items, models, number, wait?.id));
  return all.includes(undefined) ? [first] : all;
}

/** An item in a state that ends a wait for it, with the ID that a call asks for. */
function inFinalState(item: unknown, { id, state, done, failed }: Wait, params: Params): unknown {
  if (!isObject(item)) return item;
  const final = done[0] ?? failed[0] ?? item[state];
  return { ...item, [state]: final, ...(typeof params[id] === "string" && { [id]: params[id] }) };
}

/** Number of items on a page of an action if the call does not limit it. */
function defaultLimit({ parameters, paging }: Action): number {
  return numberOf(parameters.find(({ name }) => name === paging?.limit)?.default, 20);
}

/** A number that is 0 or more. */
function numberOf(value: unknown, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isNaN(number) ? otherwise : Math.max(0, number);
}
