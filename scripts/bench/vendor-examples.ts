import type { Random } from "./random.js";
import type { PageField, PageModel, PageType } from "./vendor-page.js";

/**
 * The request example of a page, which as often as with the vendor lacks a required parameter or has one that no
 * table lists.
 */
export function requestExample(random: Random, parameters: readonly PageField[]): [string, string][] {
  const index = random.chance(0.5) ? "N" : "0";
  const left = random.chance(0.15) ? parameters.find(({ required }) => required) : undefined;
  const shown = parameters
    .filter((parameter) => parameter !== left)
    .map(({ name, type }): [string, string] => [
      name.replaceAll(".N", `.${index}`),
      String(exampleOf(random, type, new Map())),
    ]);
  return random.chance(0.3) ? [...shown, ["InternalSource", word(random)]] : shown;
}

/** The response example of a page; its members are in the order of their names, as the vendor's are. */
export function responseExample(
  random: Random,
  action: string,
  response: readonly PageField[],
  models: readonly PageModel[],
): Record<string, unknown> {
  const tables = new Map(models.map(({ name, fields }) => [name, fields]));
  const members = { Action: `${action}Response`, RetCode: 0, ...objectOf(random, response, tables) };
  return sorted(members);
}

type Tables = ReadonlyMap<string, readonly PageField[]>;

function objectOf(random: Random, fields: readonly PageField[], tables: Tables): Record<string, unknown> {
  return sorted(Object.fromEntries(fields.map(({ name, type }) => [name, exampleOf(random, type, tables)])));
}

function exampleOf(random: Random, type: PageType, tables: Tables): unknown {
  if (typeof type === "object") {
    // Each model is shown once on the way down, so that one of its own kind ends in an empty list.
    const rest = new Map([...tables].filter(([name]) => name !== type.model));
    const fields = tables.get(type.model);
    const item = fields === undefined ? undefined : objectOf(random, fields, rest);
    if (type.array) return item === undefined ? [] : [item];
    return item ?? {};
  }
  switch (type) {
    case "int":
      return random.integer(1, 9);
    case "float":
      return random.integer(1, 99) / 10;
    case "boolean":
    case "bool":
      return random.chance(0.5);
    case "object":
      return {};
    case "array[string]":
      return [word(random)];
    case "array[int]":
      return [random.integer(1, 9)];
    default:
      return word(random);
  }
}

function word(random: Random): string {
  return Array.from({ length: 8 }, () => random.pick(letters)).join("");
}

const letters = [
  "a",
  "b",
  "c",
  "d",
  "e",
  "f",
  "g",
  "h",
  "k",
  "m",
  "n",
  "p",
  "R",
  "S",
  "T",
  "W",
  "X",
  "Z",
] as const;

function sorted(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
