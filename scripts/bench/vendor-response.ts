import { type Quantiles, quantile, type Random } from "./random.js";
import { fieldNames, modelNames } from "./vendor-names.js";
import type { PageField, PageModel, PlainType } from "./vendor-page.js";
import { describe, modelProse, type ProseShape, responseProse } from "./vendor-prose.js";

const responseCount: Quantiles = [
  [0, 0],
  [0.31, 0],
  [0.32, 1],
  [0.6, 1],
  [0.75, 2],
  [0.93, 2],
  [0.99, 5],
  [1, 6],
];

const modelCount: Quantiles = [
  [0, 0],
  [0.68, 0],
  [0.69, 1],
  [0.92, 1],
  [0.93, 2],
  [0.97, 4],
  [0.99, 13],
  [1, 18],
];

const modelFieldCount: Quantiles = [
  [0, 1],
  [0.1, 2],
  [0.3, 3],
  [0.5, 4],
  [0.7, 6],
  [0.8, 10],
  [0.9, 14],
  [0.95, 25],
  [0.99, 39],
  [1, 49],
];

/**
 * The response fields of a page and the models that they lead to. Every model is linked once, by the response or by
 * a model before it; now and then one holds a list of its own kind as well.
 *
 * @param size the share of pages that have fewer.
 */
export function responseTables(random: Random, size: number): { response: PageField[]; models: PageModel[] } {
  const names = modelNames(random, quantile(modelCount, size));
  const parents = names.map((_, index) => parentOf(random, index));
  const linksOf = (parent: number) => names.filter((_, index) => parents[index] === parent);
  const links = linksOf(fromResponse);
  return {
    response: table(random, responseProse, Math.max(quantile(responseCount, size), links.length), links),
    models: names.map((name, index) => model(random, name, linksOf(index))),
  };
}

const fromResponse = -1;

/** The first model belongs to the response, the others mostly to an early one. */
function parentOf(random: Random, index: number): number {
  if (index === 0) return fromResponse;
  return random.integer(0, random.integer(0, index - 1));
}

function model(random: Random, name: string, links: readonly string[]): PageModel {
  const count = Math.max(random.sized(modelFieldCount), links.length);
  const fields = table(random, modelProse, count, links);
  if (!random.chance(0.01)) return { name, fields };
  const children = {
    name: "Children",
    type: { model: name, array: true },
    description: "下一级",
    required: false,
  };
  return { name, fields: [...fields, children] };
}

/** A table of so many rows, with the links among them. */
function table(random: Random, prose: ProseShape, count: number, links: readonly string[]): PageField[] {
  const linked: PageField[] = links.map((name) => ({
    name,
    type: { model: name, array: random.chance(0.75) },
    description: describe(random, prose, undefined),
    required: random.chance(0.14),
  }));
  const plain: PageField[] = fieldNames(random, count - links.length).map((name) => {
    const type = fieldType(random);
    return { name, type, description: describe(random, prose, type), required: random.chance(0.14) };
  });
  return [...plain, ...linked];
}

function fieldType(random: Random): PlainType {
  if (random.chance(0.63)) return "string";
  if (random.chance(0.65)) return "int";
  return random.pick(["boolean", "float", "array[string]", "array[string]", "array[int]", "object"]);
}
