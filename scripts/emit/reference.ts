import type { GeneratedFile } from "../model/api-model.js";
import type { ActionEmitter, ApiEmitter } from "./emitter.js";
import { actionPage, indexPage } from "./reference-view.js";
import type { Templates } from "./render.js";

/** The page of an action. */
export const emitActionPage: ActionEmitter = (brand, product, action, templates) =>
  inBothFormats(
    `docs/${product.name}/${action.name}`,
    "action",
    actionPage(brand, product, action),
    templates,
  );

/** The index of all actions, and the style of all pages. */
export const emitIndexPage: ApiEmitter = (brand, products, templates) => [
  { path: "docs/style.css", content: templates.text("docs/style.css") },
  ...inBothFormats("docs/index", "index", indexPage(brand, products), templates),
];

/** A page as HTML and as Markdown with the same content. */
function inBothFormats(path: string, template: string, view: object, templates: Templates): GeneratedFile[] {
  return ["html", "md"].map((format) => ({
    path: `${path}.${format}`,
    content: templates.render(`docs/${template}.${format}.hbs`, view),
  }));
}
