import type { Brand, ProductSummary, RetCode } from "../../model/api-model.js";
import { foreignLanguage, pageName } from "./context.js";
import { retryAdvice } from "./errors.js";
import type { Page } from "./page.js";

/** The errors page: a section for each RetCode of the gateway and of the products. */
export function errorsPage(brand: Brand, products: readonly ProductSummary[]): Page {
  return {
    path: "errors",
    title: "Errors",
    description: "What each RetCode means, what causes it, what to do about it and whether a retry helps",
    template: "errors",
    script: "errors",
    view: errorsView(brand, products),
  };
}

/** What the templates of the errors page print. A RetCode of several products is in the group of the first one. */
export function errorsView(brand: Brand, products: readonly ProductSummary[]) {
  const known = descriptionsByCode(brand, products);
  const printed = new Set<number>();
  const retCodesOf = ({ retCodes }: { readonly retCodes: readonly RetCode[] }) => ({
    count: retCodes.length,
    ranges: rangesOf(retCodes),
    sections: retCodes
      .filter(({ code }) => !printed.has(code) && printed.add(code))
      .map(({ code }) => sectionView(code, known.get(code) ?? [], brand)),
  });
  return {
    requestIdHeader: brand.requestIdHeader,
    groups: [
      { id: "gateway", isGateway: true, ...retCodesOf(brand) },
      ...products.map((product) => ({
        id: `product-${product.name}`,
        isGateway: false,
        ...linkOf(product, brand),
        ...retCodesOf(product),
      })),
    ],
  };
}

/** One description of a RetCode, and the products that have it; none if it is the gateway's. */
interface Description {
  readonly retCode: RetCode;
  readonly products: ProductSummary[];
}

function descriptionsByCode(
  brand: Brand,
  products: readonly ProductSummary[],
): ReadonlyMap<number, readonly Description[]> {
  const known = new Map<number, Description[]>(
    brand.retCodes.map((retCode) => [retCode.code, [{ retCode, products: [] }]]),
  );
  for (const product of products) {
    for (const retCode of product.retCodes) {
      const all = known.get(retCode.code) ?? [];
      const same = all.find((one) => isSame(one.retCode, retCode));
      if (same === undefined) all.push({ retCode, products: [product] });
      else if (!brand.retCodes.includes(same.retCode)) same.products.push(product);
      known.set(retCode.code, all);
    }
  }
  return known;
}

/** Whether two descriptions print the same. */
function isSame(a: RetCode, b: RetCode): boolean {
  const printed = ({ actions: _, ...rest }: RetCode) => JSON.stringify(Object.entries(rest).sort());
  return printed(a) === printed(b);
}

/** RetCodes of the gateway with which it rejects a signature. */
const signatureCodes = [170, 171];

function sectionView(code: number, descriptions: readonly Description[], brand: Brand) {
  const [only, ...others] = descriptions;
  const isOne = others.length === 0;
  return {
    code,
    name: isOne ? (only?.retCode.name ?? "") : "",
    entries: descriptions.map(({ retCode, products }) => ({
      // In the heading of the section if there is only one.
      name: isOne ? "" : retCode.name,
      language: foreignLanguage([retCode.meaning, retCode.remedy, ...retCode.causes].join(" "), brand),
      meaning: retCode.meaning,
      causes: retCode.causes,
      remedy: retCode.remedy,
      retry: retryAdvice[retCode.retry],
      isSignature: signatureCodes.includes(code),
      products: products.map((product) => linkOf(product, brand)),
      actions: withProducts(products.flatMap((product) => actionsOf(product, code))),
    })),
  };
}

function linkOf({ name, title }: ProductSummary, brand: Brand) {
  return { name, title, titleLanguage: foreignLanguage(title, brand) };
}

/** The actions of a product that a RetCode is specific to. */
function actionsOf({ name: product, title, retCodes }: ProductSummary, code: number) {
  const names = retCodes.find((retCode) => retCode.code === code)?.actions ?? [];
  return names.map((name) => ({ name, page: `${product}/${pageName({ name })}`, product: title }));
}

/** Only an action of several products is printed with the product. */
function withProducts(actions: ReturnType<typeof actionsOf>) {
  const isShared = (name: string) => actions.filter((action) => action.name === name).length > 1;
  return actions.map((action) => (isShared(action.name) ? action : { ...action, product: "" }));
}

/** Number of links up to which each RetCode has its own. */
const maxLinks = 20;

/** Links to RetCodes, ascending: to each, or to the first of each hundred if there are many. */
function rangesOf(retCodes: readonly RetCode[]) {
  const size = retCodes.length > maxLinks ? 100 : 1;
  const ranges = new Map<number, { first: number; last: number }>();
  for (const { code } of retCodes) {
    const { first = code } = ranges.get(Math.floor(code / size)) ?? {};
    ranges.set(Math.floor(code / size), { first, last: code });
  }
  return [...ranges.values()].map(({ first, last }) => ({
    first,
    label: first === last ? `${first}` : `${first}–${last}`,
  }));
}
