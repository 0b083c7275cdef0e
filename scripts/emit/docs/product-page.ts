import type { Action } from "../../model/api-model.js";
import { packageName } from "../../model/names.js";
import { Html } from "../markup.js";
import { foreignLanguage, type ProductContext, pageName } from "./context.js";
import { groupActions, otherActions } from "./grouping.js";
import { plural } from "./messages.js";
import type { Page } from "./page.js";
import { sharedModels } from "./shared-models.js";
import { kindLabels, shownKind } from "./verbs.js";

/** Actions of a product that its navigation lists; of a larger product it lists those of one group. */
const maxListed = 24;

/** Length of a name that may not fit on a line of the navigation. */
const longName = 24;

/** The page of a product: its actions by resource, and the objects that several of them use. */
export function productPage({ brand, product }: ProductContext): Page {
  const install = packageName(brand.package.scope, product.name);
  const { length } = product.actions;
  const countLabel = plural("action", length);
  return {
    path: `${product.name}/index`,
    title: product.title,
    description: `${length} ${countLabel} of ${product.title} in the ${brand.name} API`,
    template: "product",
    view: {
      brand: brand.name,
      title: product.title,
      titleLanguage: foreignLanguage(product.title, brand),
      count: length,
      countLabel,
      install,
      productAnchor: `product-${product.name}`,
      groups: groupActions(product.actions).map(({ title, id, actions }) => ({
        title,
        isOther: title === otherActions,
        id,
        actions: actions.map((action) => ({
          ...listed(action),
          summary: action.summary,
          language: foreignLanguage(action.summary, brand),
          kind: shownKind(action),
          kindLabel: kindLabels[shownKind(action)],
        })),
      })),
      models: sharedModels(product).map(({ model, usedBy }) => ({
        name: model.name,
        fields: model.fields.map(({ name }) => name),
        users: usedBy.map((name, index) => ({ name, page: pageName({ name }), isFirst: index === 0 })),
      })),
    },
  };
}

/** Prints the list of a product's actions beside the page of an action. */
export function createNavigation({ product, templates }: ProductContext): (current: Action) => Html {
  const groups = groupActions(product.actions);
  const isSmall = product.actions.length <= maxListed;
  return (current) => {
    const view = {
      title: product.title,
      groups: groups.map(({ title, id, actions }) => ({
        title,
        isOther: title === otherActions,
        id,
        actions:
          isSmall || actions.includes(current)
            ? actions.map((action) => ({
                ...listed(action),
                isLong: action.name.length > longName,
                isCurrent: action === current,
              }))
            : [],
      })),
    };
    return Html.trusted(templates.render("docs/navigation.html.hbs", view));
  };
}

function listed(action: Action) {
  return { name: action.name, page: pageName(action), deprecated: action.deprecated };
}
