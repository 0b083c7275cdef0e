import type { ActionSummary, Brand, ProductSummary } from "../../model/api-model.js";
import { nameActions, packageName } from "../../model/names.js";
import { tsLiteral, tsString } from "../escape.js";
import { foreignLanguage, pageName } from "./context.js";
import { groupActions } from "./grouping.js";
import { highlight } from "./highlight.js";
import { plural } from "./messages.js";
import type { Page } from "./page.js";
import { shownKind } from "./verbs.js";

/** The first page: search, the first call and the products. */
export function homePage(brand: Brand, products: readonly ProductSummary[]): Page {
  const actions = products.flatMap((product) => product.actions);
  const prefix = brand.environmentPrefix;
  const actionLabel = plural("action", actions.length);
  const productLabel = plural("product", products.length);
  const first = firstCall(products);
  const install = packageName(brand.package.scope, first?.product.name ?? "");
  const source = first === undefined ? "" : firstCallSource(install, first);
  return {
    path: "index",
    title: `${brand.name} API reference`,
    description: `${actions.length} ${actionLabel} of ${products.length} ${productLabel}, with parameters, responses, errors and samples`,
    template: "home",
    view: {
      brand: brand.name,
      baseUrl: brand.baseUrl,
      actionCount: actions.length,
      productCount: products.length,
      actionLabel,
      productLabel,
      consoleUrl: brand.docs.consoleUrl,
      prefix,
      publicKeyVariable: `${prefix}_PUBLIC_KEY`,
      privateKeyVariable: `${prefix}_PRIVATE_KEY`,
      hasCall: first !== undefined,
      install,
      installCommand: `npm install ${install}`,
      call: highlight("ts", source),
      callSource: source,
      callName: first?.action.name ?? "",
      callPage: first === undefined ? "" : `${first.product.name}/${pageName(first.action)}`,
      products: products.map((product) => productCard(brand, product)),
    },
  };
}

function productCard(brand: Brand, { name, title, actions }: ProductSummary) {
  const line = groupActions(actions)
    .slice(0, 3)
    .map((group) => group.title)
    .join(", ");
  return {
    name,
    title,
    titleLanguage: foreignLanguage(title, brand),
    count: actions.length,
    countLabel: plural("action", actions.length),
    line,
    language: foreignLanguage(line, brand),
  };
}

interface FirstCall {
  readonly product: ProductSummary;
  readonly action: ActionSummary;
}

/** An action that changes nothing and requires the fewest parameters, so that a first call succeeds. */
function firstCall(products: readonly ProductSummary[]): FirstCall | undefined {
  const calls = products.flatMap((product) =>
    product.actions
      .filter((action) => !action.deprecated && shownKind(action) === "read")
      .map((action) => ({ product, action })),
  );
  return calls.reduce<FirstCall | undefined>(
    (best, call) =>
      best === undefined || call.action.required.length < best.action.required.length ? call : best,
    undefined,
  );
}

function firstCallSource(install: string, { product, action }: FirstCall): string {
  const names = nameActions(product.actions.map(({ name }) => name)).get(action.name);
  const parameters = Object.fromEntries(action.required.map((name) => [name, `<${name}>`]));
  return `import { createClient } from ${tsString(install)};

const client = createClient();
const response = await client.${names?.function}(${action.required.length === 0 ? "" : tsLiteral(parameters)});
console.log(response);`;
}
