import type { Action, Field } from "../../model/api-model.js";
import { envelope, responseFields } from "../../model/fields.js";
import { packageName } from "../../model/names.js";
import { blockHtml, inlineHtml, markdownBlock } from "../markdown.js";
import { Html, Markdown } from "../markup.js";
import { foreignLanguage, type ProductContext, pageName } from "./context.js";
import { specificRetCodes } from "./errors.js";
import { typeLabel } from "./field-facts.js";
import { createFieldTrees, type FieldNode } from "./field-tree.js";
import { type Direction, fieldRows, fieldsHtml, otherPage } from "./field-views.js";
import { highlight } from "./highlight.js";
import { markViews } from "./mark-views.js";
import type { Page } from "./page.js";
import { requestData } from "./request-data.js";
import { responseExample } from "./response-example.js";
import { samplesOf } from "./samples.js";
import { kindLabels, shownKind } from "./verbs.js";

/** Optional parameters that are shown; the others are folded. */
const shownOptional = 11;

/** The page of an action. */
export function actionPage(context: ProductContext, action: Action, navigation: Html): Page {
  const { brand, product } = context;
  const { name, summary, description } = action;
  return {
    path: `${product.name}/${pageName(action)}`,
    title: `${name} · ${product.title}`,
    description: summary,
    template: "action",
    script: "action",
    navigation,
    view: {
      name,
      summary,
      summaryLanguage: foreignLanguage(summary, brand),
      description: Html.trusted(blockHtml(description, otherPage(context, action))),
      descriptionMarkdown: Markdown.trusted(markdownBlock(description, otherPage(context, action))),
      hasDescription: description !== "" && description !== summary,
      descriptionLanguage: foreignLanguage(description, brand),
      documentation: action.documentation,
      product: product.title,
      productAnchor: `product-${product.name}`,
      package: packageName(brand.package.scope, product.name),
      baseUrl: brand.baseUrl,
      badges: marked(badgesOf(action)),
      versions: markViews(context.marksOf(action), product.name),
      ...relatedView(context, action),
      ...fieldsView(context, action),
      retCodes: specificRetCodes(action).map((retCode) => ({
        ...retCode,
        language: foreignLanguage(retCode.meaning, brand),
      })),
      ...samplesView(context, action),
    },
  };
}

/** What a reader should know before calling the action, in a few words. */
function badgesOf(action: Action): { label: string; class: string }[] {
  const { deprecated, retrySafe, paging, download, models } = action;
  const isSecret = models.some(({ fields }) => fields.some(({ sensitive }) => sensitive));
  const kind = shownKind(action);
  const badges: [label: string, style: string, isShown: boolean][] = [
    ["deprecated", "warning", deprecated],
    [kindLabels[kind], kind, true],
    [retrySafe ? "safe to retry" : "not safe to retry", retrySafe ? "" : "caution", true],
    ["paged", "", paging !== undefined],
    ["downloads", "", download !== undefined],
    ["sensitive", "caution", isSecret],
  ];
  return badges.filter(([, , isShown]) => isShown).map(([label, style]) => ({ label, class: style }));
}

const helperLabels = {
  download: "downloads the files",
  paging: "iterates over the items of all pages",
  wait: "waits until an item is done",
};

/** How the action is used with others, and the other products that have it. */
function relatedView({ relationsOf, otherProductsOf }: ProductContext, action: Action) {
  const { before, after, effect, helpers } = relationsOf(action);
  const link = (name: string, field: string) => ({ name, page: pageName({ name }), field, isOutside: false });
  const rows = [
    { label: "Before", items: before.map(({ action, parameter }) => link(action, parameter)) },
    { label: "After", items: after.map(({ action }) => link(action, "")) },
    { label: "See the effect", items: effect === undefined ? [] : [link(effect, "")] },
    {
      label: "Also in",
      items: otherProductsOf(action.name).map(({ name, title }) => ({
        name: title,
        page: `${name}/${pageName(action)}`,
        field: "",
        isOutside: true,
      })),
    },
  ];
  return {
    related: rows
      .filter(({ items }) => items.length > 0)
      .map(({ label, items }) => ({ label, items: marked(items) })),
    helpers: helpers.map((helper) => ({
      code: helper.kind === "paging" ? `for await (… of ${helper.function}())` : `${helper.function}()`,
      label: helperLabels[helper.kind],
    })),
  };
}

/** Items that know whether a separator follows. */
function marked<T extends object>(items: readonly T[]): (T & { isLast: boolean })[] {
  return items.map((item, index) => ({ ...item, isLast: index === items.length - 1 }));
}

function fieldsView(context: ProductContext, action: Action) {
  const { brand } = context;
  const locations = Object.values(brand.locationOptions);
  const isCommon = ({ name }: Field) => locations.includes(name);
  const isEnvelope = ({ name }: Field) => envelope.includes(name);
  const own = action.parameters.filter((field) => !isCommon(field));
  const sorted = [...own.filter(({ required }) => required), ...own.filter(({ required }) => !required)];
  const response = responseFields(action);
  const trees = createFieldTrees(action);
  const parameters = trees.tree(sorted, "p");
  const common = trees.tree(action.parameters.filter(isCommon), "p");
  const fields = trees.tree(
    response.filter((field) => !isEnvelope(field)),
    "r",
  );
  const objects = trees.linked();
  const last = own.filter(({ required }) => required).length + shownOptional;
  const more = parameters.slice(last);
  const print = (nodes: readonly FieldNode[], direction: Direction) =>
    nodes.length === 0 ? null : fieldsHtml(context, action, nodes, direction);
  const table = (title: string, isTop: boolean, nodes: readonly FieldNode[], direction: Direction) => ({
    title,
    isTop,
    rows: fieldRows(context, action, nodes, direction),
  });
  return {
    parameters: print(parameters.slice(0, last), "request"),
    moreParameters: print(more, "request"),
    moreCount: more.length,
    common: common.map(({ id, field }) => ({
      versions: markViews(context.marksOf(action).of(field), context.product.name),
      id,
      name: field.name,
      type: typeLabel(field.type),
      required: field.required,
      description: Html.trusted(inlineHtml(field.description, otherPage(context, action))),
      language: foreignLanguage(field.description, brand),
    })),
    publicParameters: action.publicParameters.map(({ name }) => name),
    response: print(fields, "response"),
    envelope: response.filter(isEnvelope).map(({ name }) => name),
    objects: objects.map(({ model, id, fields: nodes }) => ({
      id,
      name: model.typeName,
      fields: print(nodes, "response"),
    })),
    tables: [
      table("Parameters", true, [...parameters, ...common], "request"),
      table("Response", true, fields, "response"),
      ...objects.map(({ model, fields: nodes }) => table(model.typeName, false, nodes, "response")),
    ],
  };
}

function samplesView({ brand, product }: ProductContext, action: Action) {
  const example = JSON.stringify(responseExample(action), null, 2);
  return {
    request: requestData(brand, product, action),
    samples: samplesOf(brand, product, action).map(({ title, language, code }, index) => ({
      title,
      language,
      source: code,
      code: highlight(language, code),
      isOpen: index === 0,
      // The request builder shows these for the parameters of its form.
      isBuilt: language !== "go",
    })),
    responseExample: highlight("json", example),
    responseSource: example,
  };
}
