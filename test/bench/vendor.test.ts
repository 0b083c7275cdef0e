import { expect, test } from "vitest";
import { syntheticPages, syntheticVendor } from "../../scripts/bench/vendor.js";
import { renderPage, type VendorPage } from "../../scripts/bench/vendor-page.js";

const pages = syntheticPages(1, 1644);

test("the same seed gives the same pages, another seed others", () => {
  expect(syntheticVendor(1, 20)).toEqual(syntheticVendor(1, 20));
  expect(syntheticVendor(2, 20)).not.toEqual(syntheticVendor(1, 20));
});

test("a larger vendor begins with the pages of a smaller one", () => {
  expect(pages.slice(0, 99)).toEqual(syntheticPages(1, 100).slice(0, 99));
});

test.each([
  { oneProduct: false, products: [27, 54] },
  { oneProduct: true, products: [1, 1] },
])("names are unique, whatever their case, with oneProduct: $oneProduct", ({ oneProduct, products }) => {
  const all = syntheticPages(1, 1644, { oneProduct });
  expect(all).toHaveLength(1644);
  expect(distinct(all.map(({ page }) => page.action.toLowerCase()))).toBe(1644);
  expect(distinct(all.map(({ file }) => file))).toBe(1644);
  expect(distinct(all.map(({ product }) => product))).toBeGreaterThanOrEqual(products[0] ?? 0);
  expect(distinct(all.map(({ product }) => product))).toBeLessThanOrEqual(products[1] ?? 0);
  expect(all.filter(({ product, file }) => !file.startsWith(`${product}-api/`))).toEqual([]);
});

test.each(["en", "zh"] as const)("every field of every page is a row of four cells in %s", (language) => {
  for (const { page } of pages.slice(0, 200)) {
    const rows = renderPage(page, language)
      .split("\n")
      .filter((line) => line.startsWith("| **"));
    expect(rows.map((row) => /^\| \*\*([\w.]+)\*\*/.exec(row)?.[1])).toEqual(rowNames(page));
    expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 6)).toEqual([]);
  }
});

test("no table names a field twice, and every link has its model", () => {
  for (const { page } of pages) {
    const tables = [page.parameters, page.response, ...page.models.map(({ fields }) => fields)];
    for (const fields of tables) expect(distinct(fields.map(({ name }) => name))).toBe(fields.length);
    const links = tables.flat().flatMap(({ type }) => (typeof type === "object" ? [type.model] : []));
    expect(new Set(links)).toEqual(new Set(page.models.map(({ name }) => name)));
  }
});

test("pages have the difficulties of real ones", () => {
  const names = pages.flatMap(({ page }) => page.parameters.map(({ name }) => name));
  const cells = pages.flatMap(({ page }) => page.parameters.map(({ description }) => description));
  const links = (page: VendorPage) => page.models.flatMap(({ fields }) => fields.map(({ type }) => type));
  const nested = pages.filter(({ page }) => links(page).some((type) => typeof type === "object"));
  const cases = {
    "list of values": names.some((name) => /^\w+\.N$/.test(name)),
    "object in a list of objects": names.some((name) => /^\w+\.N\.\w+\.\w+$/.test(name)),
    object: names.some((name) => /^\w+\.(?!N)\w+$/.test(name)),
    "escaped pipe": cells.some((cell) => cell.includes("\\|")),
    "line break": cells.some((cell) => cell.includes("<br />")),
    link: cells.some((cell) => cell.includes("](")),
    "nested models": nested.length > 0,
    "model of its own kind": pages.some(({ page }) =>
      page.models.some(({ fields }) => fields.at(-1)?.name === "Children"),
    ),
  };
  expect(Object.entries(cases).filter(([, met]) => !met)).toEqual([]);
});

function rowNames(page: VendorPage): string[] {
  const shared = ["Action", "PublicKey", "Signature"];
  const everyAnswer = ["RetCode", "Action", "Message"];
  const own = [page.parameters, page.response, ...page.models.map(({ fields }) => fields)];
  const [parameters = [], response = [], ...models] = own.map((fields) => fields.map(({ name }) => name));
  return [...shared, ...parameters, ...everyAnswer, ...response, ...models.flat()];
}

function distinct(values: readonly string[]): number {
  return new Set(values).size;
}
