import type { Brand, GeneratedFile, Product, ProductSummary } from "../../model/api-model.js";
import { createMarks } from "../change-marks.js";
import { tsString } from "../escape.js";
import type { Templates } from "../templates.js";
import { actionPage } from "./action-page.js";
import { changelogFeed, changelogPage, type History } from "./changelog-page.js";
import { createOtherProductsOf, createPageOf } from "./context.js";
import { errorsPage } from "./errors-page.js";
import { homePage } from "./home-page.js";
import { productList, siteList } from "./llms.js";
import type { Translations } from "./messages.js";
import { emitPage, type Page } from "./page.js";
import { createNavigation, productPage } from "./product-page.js";
import { createRelations } from "./relations.js";
import { siteData } from "./request-data.js";
import { searchTable } from "./search-table.js";
import { signingPage } from "./signing-page.js";
import { robots, sitemap } from "./sitemap.js";

/** The pages of a product in the reference. */
export function emitProductDocs(
  brand: Brand,
  product: Product,
  products: readonly ProductSummary[],
  templates: Templates,
): GeneratedFile[] {
  const context = {
    brand,
    product,
    pageOf: createPageOf(products, product.name),
    otherProductsOf: createOtherProductsOf(products, product.name),
    relationsOf: createRelations(product, brand),
    marksOf: createMarks(product),
    templates,
  };
  const navigationOf = createNavigation(context);
  // Pages of a product know no other one's releases, so that they do not change with them.
  const hasFeed = product.history.length > 0;
  const pages = [
    productPage(context),
    ...product.actions.map((action) => actionPage(context, action, navigationOf(action))),
  ];
  return [
    ...pages.flatMap((page) => emitPage(brand, { ...page, hasFeed }, templates)),
    productList(brand, product, templates),
  ];
}

/** The pages and files of the reference that all products share. */
export function emitSharedDocs(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
  history: History = {},
): GeneratedFile[] {
  const feed = changelogFeed(brand, products, history, templates);
  const pages: readonly Page[] = [
    homePage(brand, products),
    errorsPage(brand, products),
    signingPage(brand, templates),
    changelogPage(brand, products, history),
    { path: "404", title: "Page not found", description: "", template: "404", view: {}, isAnywhere: true },
  ];
  const file = (path: string, content: string) => ({ path: `docs/${path}`, content });
  const script = (name: string) => templates.text(`docs/built/${name}.js`);
  return [
    ...pages.flatMap((page) => emitPage(brand, { ...page, hasFeed: feed.length > 0 }, templates)),
    ...feed,
    siteList(brand, products, templates),
    file("style.css", styleSheet(brand, templates)),
    ...["site", "errors", "search", "signing"].map((name) => file(`${name}.js`, script(name))),
    file("action.js", globalScript("actiongenSite", siteData(brand)) + script("action")),
    file("messages.js", globalScript("actiongenMessages", readTranslations(templates))),
    file("search-data.js", searchTable(brand, products)),
    ...(brand.docs.logo === "" ? [] : [file("logo.svg", brand.docs.logo)]),
    ...sitemap(brand, products, templates),
    ...robots(brand, templates),
  ];
}

/** Reads the translations of the interface. */
export function readTranslations(templates: Pick<Templates, "text">): Translations {
  return { zh: JSON.parse(templates.text("docs/messages/zh.json")) };
}

/** A script that sets a global variable to plain data. */
function globalScript(name: string, data: object): string {
  return `globalThis.${name} = JSON.parse(${tsString(JSON.stringify(data))});\n`;
}

function styleSheet({ docs }: Brand, templates: Templates): string {
  const { light, dark } = docs.accent;
  return `${templates.text("docs/built/style.css")}:root{--accent:light-dark(${light},${dark})}\n`;
}
