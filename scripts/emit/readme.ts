import type { Action, Brand, Product } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import { successExample } from "./action.js";
import { Code } from "./code.js";
import { sampleParameters } from "./docs/sample-values.js";

/** The view of a product's README, whose sections depend on what its actions can do. */
export function readmeView(brand: Brand, product: Product, hasMigration: boolean) {
  const { scope, license } = brand.package;
  // Readers run the examples: if possible, they change nothing, and use nothing deprecated. A download is what a product is for.
  const rank = ({ retrySafe, deprecated, download }: Action) =>
    Number(deprecated) * 4 + Number(!retrySafe) * 2 + Number(download === undefined);
  const actions = [...product.actions].sort((a, b) => rank(a) - rank(b));
  const first = (has: (action: Action) => boolean) => {
    const action = actions.find(has);
    return action === undefined ? null : callView(action);
  };
  return {
    brand: brand.name,
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    profileFile: brand.profileFile,
    docsUrl: brand.docs.url,
    errorsUrl: brand.docs.url && `${brand.docs.url}errors.html`,
    locations: Object.entries(brand.locationOptions).map(([option, parameter]) => ({ option, parameter })),
    package: packageName(scope, product.name),
    license,
    // Prefix of the names of metrics and attributes.
    system: scope.replace(/^@/, ""),
    title: product.title,
    hasMigration,
    example: first(() => true),
    paged: first(({ paging }) => paging !== undefined),
    wait: waitExample(actions),
    download: first(({ download }) => download !== undefined),
    tested: first((action) => successExample(action) !== undefined),
  };
}

/** A call that a reader can copy. */
function callView(action: Action) {
  const { name, names, download, paging } = action;
  return {
    action: name,
    function: names.function,
    example: names.example,
    paramsType: names.params,
    hasParams: action.parameters.length > 0,
    params: Code.literal(sampleParameters(action)),
    download: download?.function ?? "",
    items: paging?.items ?? "",
  };
}

/** A call of a function that waits, with the ID of something that is done in the example of its action, if there is one. */
function waitExample(actions: readonly Action[]) {
  const action = actions.find(({ wait }) => wait !== undefined);
  if (action?.wait === undefined) return null;
  const { id, state, done, items } = action.wait;
  const response = successExample(action)?.response as Readonly<Record<string, unknown>> | undefined;
  const listed = (response?.[items] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const found = listed.find((item) => done.includes(String(item[state])));
  return {
    function: action.wait.function,
    params: Code.literal({ ...sampleParameters(action), [id]: found?.[id] ?? `<${id}>` }, "  "),
    id,
    state,
  };
}
