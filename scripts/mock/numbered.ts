import type { ListType } from "../emit/docs/response-example.js";
import { agrees } from "../model/agreement.js";
import type { ObjectModel, StringType, Type } from "../model/api-model.js";

/** Number of items that a paged list has in all. */
export const listSize = 25;

/** Longest string and list that the limits of a document can demand. */
const longest = 10_000;

const anything: Type = { kind: "json", nullable: false };

/**
 * A valid value of a type with another number in it, for the items of a list: a string ends in it; of an object, the IDs and
 * names do, or the first field that can.
 *
 * @param number 1 for the first item, up to {@link listSize}.
 * @param identifier name of another field of objects that is an ID.
 * @returns `undefined` if there are no such values.
 */
export function numbered(
  value: unknown,
  type: Type,
  models: readonly ObjectModel[],
  number: number,
  identifier = "",
): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const candidate = withNumber(value, type, number);
    return candidate !== undefined && agrees(candidate, type, models) ? candidate : undefined;
  }
  const model = type.kind === "object" ? models.find(({ name }) => name === type.model) : undefined;
  const part = ([name, current]: [string, unknown]): [string, unknown][] => {
    const own = model?.fields.find((field) => field.name === name)?.type ?? anything;
    const changed = numbered(current, own, models, number);
    // A field that cannot have as many values as there are items, such as an enumeration, does not tell them apart.
    const isLimited = typeof current !== "object" && numbered(current, own, models, listSize) === undefined;
    return changed === undefined || isLimited ? [] : [[name, changed]];
  };
  const isId = ([name]: [string, unknown]) => name === identifier || /(?:id|name)$/i.test(name);
  const fields = Object.entries(value);
  const ids = fields.filter(isId).flatMap(part);
  const chosen = ids.length > 0 ? ids : fields.flatMap(part).slice(0, 1);
  return chosen.length > 0 ? { ...value, ...Object.fromEntries(chosen) } : undefined;
}

function withNumber(value: unknown, type: Type, number: number): unknown {
  if (type.kind === "enum") return type.values[number - 1];
  if (typeof value === "number") return value + number - 1;
  const isEncoded = type.kind === "string" && type.encoding === "base64";
  if (typeof value !== "string" || isEncoded) return undefined;
  return numberedText(value.replace(/-\d+$/, ""), number, type.kind === "string" ? type : undefined);
}

/** A string that begins with a text and ends in a number, within the limits on the length of its type. */
export function numberedText(start: string, number: number, type?: StringType): string {
  const { minLength = 0, maxLength = longest } = type?.limits ?? {};
  const most = Number(maxLength);
  const end = most > `-${number}`.length ? `-${number}` : `${number}`;
  const text = start
    .slice(0, Math.max(0, most - end.length))
    .padEnd(Math.min(Number(minLength), longest) - end.length, "-");
  return text + end;
}

/** A list of two different items, or of as many as its limits require; of one if its items cannot differ. */
export function numberedList(item: unknown, { items, limits }: ListType, models: readonly ObjectModel[]) {
  const { minItems = 0, maxItems = longest } = limits;
  const least = Math.min(Number(minItems), longest);
  const length = Math.min(Math.max(2, least), Number(maxItems));
  const numbers = Array.from({ length }, (_, index) => index + 1);
  const different = numbers.map((number) => numbered(item, items, models, number));
  const list = different.filter((one) => one !== undefined);
  const missing = Math.max(least, Math.min(1, length)) - list.length;
  return missing > 0 ? [...list, ...Array(missing).fill(item)] : list;
}
