import type { Brand, GeneratedFile, ProductSummary } from "../../model/api-model.js";
import type { Templates } from "../templates.js";
import { pageName } from "./context.js";
import { urlOf } from "./page.js";

/**
 * The list of all pages for search engines. Its URLs are absolute, so there is none without a configured URL.
 *
 * @returns one file or none.
 */
export function sitemap(
  { docs }: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
): GeneratedFile[] {
  if (docs.url === "") return [];
  const paths = products.flatMap((product) =>
    ["index", ...product.actions.map(pageName)].map((page) => `${product.name}/${page}`),
  );
  const pages = ["index", "errors", "signing", "changelog", ...paths];
  const view = { urls: pages.map((path) => urlOf(docs.url, path)) };
  return [{ path: "docs/sitemap.xml", content: templates.render("docs/sitemap.xml.hbs", view) }];
}

/**
 * The file that leads crawlers to the sitemap; none without a configured URL.
 *
 * @returns one file or none.
 */
export function robots({ docs }: Brand, templates: Templates): GeneratedFile[] {
  if (docs.url === "") return [];
  const view = { sitemap: new URL("sitemap.xml", docs.url).href };
  return [{ path: "docs/robots.txt", content: templates.render("docs/robots.txt.hbs", view) }];
}
