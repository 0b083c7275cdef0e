import type { Emitter } from "./emitter.js";
import { actionPage, indexPage } from "./reference-view.js";

/** The reference: a page for each action and an index, each as HTML and as Markdown with the same content. */
export const emitReference: Emitter = async ({ brand, products }, templates) => {
  const pages = await Promise.all(
    products.flatMap((product) =>
      product.actions.map(async (action) => ({
        path: `docs/${product.name}/${action.name}`,
        template: "docs/action",
        view: await actionPage(brand, product, action),
      })),
    ),
  );
  const index = { path: "docs/index", template: "docs/index", view: indexPage(brand, products) };
  return [
    { path: "docs/style.css", content: templates.text("docs/style.css") },
    ...[index, ...pages].flatMap(({ path, template, view }) =>
      ["html", "md"].map((format) => ({
        path: `${path}.${format}`,
        content: templates.render(`${template}.${format}.hbs`, view),
      })),
    ),
  ];
};
