import type { Action } from "../../model/api-model.js";
import { inlineHtml, markdownCell } from "../markdown.js";
import { Html, Markdown } from "../markup.js";
import { foreignLanguage, type ProductContext } from "./context.js";
import { factsOf, typeLabel } from "./field-facts.js";
import type { FieldNode } from "./field-tree.js";
import { markViews } from "./mark-views.js";
import { fieldExample } from "./sample-values.js";

/** Whether fields are sent or received: decides what is worth a mark, and whether the name on the wire matters. */
export type Direction = "request" | "response";

/** Fields as nested HTML. */
export function fieldsHtml(
  context: ProductContext,
  action: Action,
  nodes: readonly FieldNode[],
  direction: Direction,
): Html {
  const fields = nodes.map((node) => {
    const { children } = node;
    return {
      ...rowView(context, action, node, direction),
      description: Html.trusted(inlineHtml(node.field.description, otherPage(context, action))),
      hasDescription: node.field.description !== "",
      language: foreignLanguage(node.field.description, context.brand),
      count: children.length,
      nested: children.length === 0 ? null : fieldsHtml(context, action, children, direction),
    };
  });
  return Html.trusted(context.templates.render("docs/fields.html.hbs", { fields }));
}

/** Fields and those inside of them as rows of one Markdown table. */
export function fieldRows(
  context: ProductContext,
  action: Action,
  nodes: readonly FieldNode[],
  direction: Direction,
): object[] {
  return nodes.flatMap((node) => [
    {
      ...rowView(context, action, node, direction),
      path: node.path,
      description: Markdown.trusted(markdownCell(node.field.description, otherPage(context, action))),
    },
    ...fieldRows(context, action, node.children, direction),
  ]);
}

function rowView(
  { marksOf, product }: ProductContext,
  action: Action,
  { field, ...node }: FieldNode,
  direction: Direction,
) {
  const isSent = direction === "request";
  const facts = factsOf(field, isSent ? fieldExample(field, action.models) : undefined);
  const isNested = node.path !== field.name;
  const wireName = isSent && (isNested || field.type.kind === "array") ? [node.wireName] : [];
  return {
    id: node.id,
    name: field.name,
    type: typeLabel(field.type),
    marks: [
      ...(isSent && field.required ? [{ label: "required", isStrong: true }] : []),
      ...(!isSent && !field.required ? [{ label: "optional", isStrong: false }] : []),
      ...(field.deprecated ? [{ label: "deprecated", isStrong: true }] : []),
      ...(field.sensitive ? [{ label: "sensitive", isStrong: true }] : []),
    ],
    versions: markViews(marksOf(action).of(field), product.name),
    links: node.links.map(({ name, id }) => {
      const { typeName = name } = action.models.find((model) => model.name === name) ?? {};
      return { name: typeName, id };
    }),
    facts: [...facts, ...(wireName.length > 0 ? [{ label: "Sent as", values: wireName }] : [])],
  };
}

/** Pages of other actions: a page does not link to itself. */
export function otherPage({ pageOf }: ProductContext, { name }: Action) {
  return (action: string) => (action === name ? undefined : pageOf(action));
}
