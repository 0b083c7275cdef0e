import type { Action, Brand, Example, GeneratedFile, Product } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { packageName } from "../model/names.js";
import type { MarkedAction } from "./change-marks.js";
import { Code, type DocTag, deprecatedTag, seeTag, sinceTag } from "./code.js";
import { interfacesOf } from "./interfaces.js";
import { oldNamesCode } from "./old-names.js";
import { operationOf } from "./operation-fields.js";
import type { Templates } from "./templates.js";
import { hasRequired, itemType, knownValuesOf } from "./types.js";
import { checksOf } from "./validators.js";
import { waitView } from "./wait.js";

/**
 * The modules of an action: its types, functions and checks, and its example for tests.
 *
 * @param members old names of its parameters and response fields.
 */
export function emitAction(
  brand: Brand,
  product: Product,
  action: MarkedAction,
  templates: Templates,
  members: readonly OldMember[] = [],
): GeneratedFile[] {
  const folder = `packages/${product.name}/src`;
  const operation = operationOf(action);
  const old = oldNamesCode(action, members);
  const view = {
    ...actionView(action, brand),
    wait: waitView(action, members),
    core: packageName(brand.package.scope, "core"),
    source: action.documentPath,
    imports: importsOf(action, old !== null),
    interfaces: interfacesOf(action, brand, members),
    retrySafe: action.retrySafe,
    parameters: Code.literal(operation.parameters, "  "),
    models: Code.literal(operation.models, "  "),
    secrets: Code.list(operation.secrets.map((name) => Code.literal(name))),
    old,
    checks: checksOf(action),
    docs: docsOf(action),
  };
  const path = `${folder}/actions/${action.name}.ts`;
  const module = { path, content: templates.render("client/action.ts.hbs", view) };
  const example = successExample(action);
  if (example === undefined) return [module];
  const exampleView = {
    ...view,
    params: Code.literal(example.parameters, "  "),
    response: Code.literal(example.response, "  "),
  };
  const content = templates.render("client/example.ts.hbs", exampleView);
  return [module, { path: `${folder}/testing/${action.name}.ts`, content }];
}

/** What the module of an action imports from core. */
function importsOf({ paging, wait }: Action, hasOldNames: boolean): Code {
  const types =
    paging === undefined
      ? ["ActionCall", "Connection", "Operation"]
      : ["Connection", "PagedCall", "PagedOperation"];
  const values = [
    ...(hasOldNames ? ["oldNames"] : []),
    ...(paging === undefined ? [] : ["pagedCall"]),
    ...(wait === undefined ? [] : ["waitForItems"]),
  ].map((name) => Code.identifier(name));
  if (values.length === 0) return Code.of`type { ${Code.list(types.map((name) => Code.identifier(name)))} }`;
  const all = [...types.map((name) => Code.of`type ${Code.identifier(name)}`), ...values];
  return Code.of`{ ${Code.list(all)} }`;
}

/** Comments of the exports of an action besides its function. */
function docsOf({ name, names, deprecated }: Action) {
  const doc = (text: string, tags: readonly DocTag[] = []) =>
    Code.doc("", [text], [...tags, ...deprecatedTag(deprecated)]);
  return {
    item: doc(`Item of the list that \`${names.function}\` returns.`),
    operation: doc(`Runtime description of the action ${name}.`),
    validator: doc(`Validates a success body of ${name}.`, [
      ["returns", "violations of the specification; empty if there are none."],
    ]),
    example: doc(`Documented call of ${name}, and its response.`),
  };
}

/** The first documented call that succeeds. */
export function successExample({ examples }: Action): Example | undefined {
  return examples.find(
    ({ response }) => (response as { RetCode?: unknown } | null | undefined)?.RetCode === 0,
  );
}

const pageResult = "a promise of one page; iterate over it for the items of all pages. It";

/** The part of a view that the modules of an action and of its product share. */
export function actionView(action: MarkedAction, brand: Brand) {
  const { name, names, summary, description, documentation, deprecated, paging } = action;
  const prose = [summary || `Calls the action ${name}.`, description];
  const result = paging === undefined ? "a promise that" : pageResult;
  const tags: DocTag[] = [["returns", `${result} rejects with a \`CallError\`.`]];
  if (documentation !== "") tags.push(seeTag(documentation));
  tags.push(...sinceTag(action.marks?.since ?? ""), ...deprecatedTag(deprecated));
  return {
    name,
    names,
    module: `actions/${name}`,
    summary,
    deprecated,
    paging: paging ?? null,
    methodDoc: Code.doc("  ", prose, tags),
    functionDoc: Code.doc("", prose, [
      ["param", "connection a client, or the result of `connect`."],
      ...tags,
    ]),
    knownValues: knownValuesOf(action),
    item: itemType(action) ?? null,
    wait: waitView(action),
    hasRequired: hasRequired(action, brand),
  };
}
