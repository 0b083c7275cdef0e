import { createRandom, type Quantiles, quantile, type Random } from "./random.js";
import { requestExample, responseExample } from "./vendor-examples.js";
import { actionNames, fieldNames, listName, productTitle } from "./vendor-names.js";
import { type PageField, type PlainType, renderPage, type VendorPage } from "./vendor-page.js";
import { describe, parameterProse, plainText } from "./vendor-prose.js";
import { responseTables } from "./vendor-response.js";

/** How the actions are spread. */
export interface VendorOptions {
  /** All actions in one product, in place of about 40 in each. */
  readonly oneProduct?: boolean;
}

/** A page and where it belongs. */
export interface PlacedPage {
  readonly product: string;
  /** Below the folder of pages: `<product>-api/<action>.md`. */
  readonly file: string;
  readonly page: VendorPage;
}

/**
 * Makes up a vendor whose Chinese pages have the shape of the real ones: as many parameters, fields, models and
 * characters in the middle and at the ends. A page depends on the seed and its place alone, so a larger vendor of
 * the same seed begins with the pages of a smaller one.
 */
export function syntheticVendor(
  seed: number,
  actions: number,
  options: VendorOptions = {},
): { product: string; file: string; text: string }[] {
  return syntheticPages(seed, actions, options).map(({ product, file, page }) => ({
    product,
    file,
    text: renderPage(page, "zh"),
  }));
}

/** The pages of {@link syntheticVendor} before they are printed. */
export function syntheticPages(seed: number, actions: number, options: VendorOptions = {}): PlacedPage[] {
  const sizes = createRandom(seed);
  const pages: PlacedPage[] = [];
  for (let product = 0; pages.length < actions; product += 1) {
    const drawn = options.oneProduct === true ? actions : sizes.integer(30, 60);
    const size = Math.min(drawn, actions - pages.length);
    const title = productTitle(product);
    const name = title.toLowerCase();
    for (let index = 0; index < size; index += 1) {
      const { action, summary, file } = actionNames(title, product, index);
      const page = syntheticPage(seed, pages.length, action, summary);
      pages.push({ product: name, file: `${name}-api/${file}.md`, page });
    }
  }
  return pages;
}

/** Own parameters of a page, those aside that most pages share. */
const parameterCount: Quantiles = [
  [0, 0],
  [0.03, 0],
  [0.06, 1],
  [0.15, 1],
  [0.3, 2],
  [0.5, 3],
  [0.7, 5],
  [0.85, 7],
  [0.9, 10],
  [0.97, 19],
  [0.99, 26],
  [1, 57],
];

const overviewLength: Quantiles = [
  [0, 4],
  [0.1, 8],
  [0.5, 13],
  [0.75, 31],
  [0.9, 51],
  [0.99, 157],
  [1, 183],
];

function syntheticPage(seed: number, place: number, action: string, summary: string): VendorPage {
  const random = createRandom(seed, place + 1);
  const parameters = [...sharedParameters(random), ...ownParameters(random, spread(seed, place, 0))];
  const { response, models } = responseTables(random, spread(seed, place, 1));
  return {
    action,
    summary,
    overview: overview(random),
    parameters,
    response,
    models,
    requestExample: requestExample(random, parameters),
    responseExample: responseExample(random, action, response, models),
  };
}

/**
 * The share of the vendor's pages that the page at a place is larger than. Successive places cover all shares evenly
 * (multiples of an irrational number), so that few pages have the same mix of small and large as many.
 */
function spread(seed: number, place: number, quantity: 0 | 1): number {
  const start = createRandom(seed, -1 - quantity).integer(0, 999) / 1000;
  return (start + place * (quantity === 0 ? Math.SQRT2 : Math.sqrt(3))) % 1;
}

function overview(random: Random): string {
  const text = plainText(random, random.sized(overviewLength));
  return random.chance(0.17) ? `${text}\n\n?> ${plainText(random, 20)}` : text;
}

function sharedParameters(random: Random): PageField[] {
  const shared = [
    {
      name: "Region",
      share: 0.955,
      description: "地域，见[全部地域](api/summary/regionlist)",
      required: 0.95,
    },
    {
      name: "Zone",
      share: 0.667,
      description: "可用区，见[全部可用区](api/summary/regionlist)",
      required: 0.6,
    },
    { name: "ProjectId", share: 0.917, description: "所属项目，留空为默认项目；子帐号必须写明", required: 0 },
  ];
  return shared
    .filter(({ share }) => random.chance(share))
    .map(({ name, description, required }) => ({
      name,
      type: "string",
      description,
      required: random.chance(required),
    }));
}

function ownParameters(random: Random, size: number): PageField[] {
  const count = quantile(parameterCount, size);
  const grouped = count > 12 && random.chance(0.25) ? groupPaths(random, Math.min(count, 12)) : [];
  const lists = count > 0 && random.chance(0.13) ? [`${listName(random.integer(0, 15))}.N`] : [];
  const plain = fieldNames(random, Math.max(count - grouped.length - lists.length, 0));
  return [...lists, ...plain, ...grouped].map((name) => {
    const type = parameterType(random);
    return { name, type, description: describe(random, parameterProse, type), required: random.chance(0.31) };
  });
}

/** Rows of one array of objects, the last ones of an object in it, and of an object of its own. */
function groupPaths(random: Random, count: number): string[] {
  // The names of lists of values are those of the other half of the nouns.
  const list = listName(random.integer(16, 31));
  const [inner = "", outer = "", ...names] = fieldNames(random, count + 1);
  return names.map((name, index) => {
    if (index === names.length - 1) return `${outer}Options.${name}`;
    return index < names.length / 2 ? `${list}.N.${name}` : `${list}.N.${inner}Options.${name}`;
  });
}

function parameterType(random: Random): PlainType {
  if (random.chance(0.68)) return "string";
  return random.chance(0.86) ? "int" : "boolean";
}
