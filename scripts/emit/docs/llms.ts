import type { Brand, GeneratedFile, Product, ProductSummary } from "../../model/api-model.js";
import { packageName } from "../../model/names.js";
import type { Templates } from "../templates.js";
import { pageName } from "./context.js";
import { groupActions } from "./grouping.js";
import { plural } from "./messages.js";

/** The list of products and general pages for programs that read Markdown (llmstxt.org). */
export function siteList(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
): GeneratedFile {
  const general = [
    {
      name: "Signing",
      url: "signing.md",
      summary: "How a request is signed, with a worked example and test vectors",
    },
    { name: "Errors", url: "errors.md", summary: "Meaning, causes and fix of each RetCode" },
    { name: "Changelog", url: "changelog.md", summary: "" },
  ];
  const view = {
    title: `${brand.name} API reference`,
    summary: `Every call is a signed request to ${brand.baseUrl} that names an Action. Each page is also available as Markdown.`,
    sections: [
      { title: "General", links: general },
      {
        title: "Products",
        links: products.map(({ name, title, actions }) => ({
          name: title,
          url: `${name}/llms.txt`,
          summary: `${actions.length} ${plural("action", actions.length)}`,
        })),
      },
    ],
  };
  return { path: "docs/llms.txt", content: templates.render("docs/llms.txt.hbs", view) };
}

/** The list of a product's actions for programs that read Markdown. */
export function productList(brand: Brand, product: Product, templates: Templates): GeneratedFile {
  const view = {
    title: `${product.title} (${brand.name} API)`,
    summary: `Package ${packageName(brand.package.scope, product.name)}. Each link is the Markdown page of an action.`,
    sections: groupActions(product.actions).map(({ title, actions }) => ({
      title,
      links: actions.map((action) => ({
        name: action.name,
        url: `${pageName(action)}.md`,
        summary: action.summary,
      })),
    })),
  };
  return { path: `docs/${product.name}/llms.txt`, content: templates.render("docs/llms.txt.hbs", view) };
}
