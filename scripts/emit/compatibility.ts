import type { Brand, GeneratedFile, Product } from "../model/api-model.js";
import type { ActionAlias, Compatibility } from "../model/compatibility.js";
import { packageName } from "../model/names.js";
import { actionView } from "./action.js";
import { Code } from "./code.js";
import type { Templates } from "./templates.js";

/** The views of what a package has for programs that were written for earlier versions: as those of its actions. */
export function oldActionViews({ aliases, stubs }: Compatibility, product: Product, brand: Brand) {
  const moduleOf = moduleNames(product);
  return {
    aliases: aliases.map((alias) => aliasView(alias, brand, moduleOf(alias.name))),
    stubs: stubs.map((stub) => ({
      ...stub,
      module: moduleOf(stub.name),
      core: packageName(brand.package.scope, "core"),
      doc: Code.doc(
        "",
        ["Throws an error: the package does not have the action any more."],
        [["deprecated", stub.note]],
      ),
      methodDoc: Code.doc("  ", ["Throws an error."], [["deprecated", stub.note]]),
    })),
  };
}

/** The modules of old actions. */
export function emitOldActions(
  compatibility: Compatibility,
  product: Product,
  brand: Brand,
  templates: Templates,
): GeneratedFile[] {
  const { aliases, stubs } = oldActionViews(compatibility, product, brand);
  const file = (module: string, template: string, view: object) => ({
    path: `packages/${product.name}/src/${module}.ts`,
    content: templates.render(`client/${template}.ts.hbs`, view),
  });
  return [
    ...aliases.map((view) => file(view.module, "alias", view)),
    ...stubs.map((view) => file(view.module, "stub", view)),
  ];
}

/** An action by its old name: the same as the action, but for what its module exports. */
function aliasView({ name, names, action, knownValues, note }: ActionAlias, brand: Brand, module: string) {
  const view = actionView(action, brand);
  const doc = Code.doc("", [], [["deprecated", note]]);
  const types: { name: string; current: string; doc: Code }[] = [];
  const keys =
    view.item === null ? (["params", "response"] as const) : (["item", "params", "response"] as const);
  for (const key of keys) types.push({ name: names[key], current: action.names[key], doc });
  for (const known of knownValues) types.push({ ...known, doc });
  return {
    ...view,
    name,
    names,
    module,
    knownValues,
    // The function that waits has a name of its own, which is configured.
    wait: null,
    core: packageName(brand.package.scope, "core"),
    current: { ...action.names, module: `./${action.name}.js` },
    types,
    call: Code.identifier(view.paging === null ? "ActionCall" : "PagedCall"),
    doc,
    methodDoc: Code.doc("  ", [], [["deprecated", note]]),
  };
}

/** Names the module of each old action like that of an action, but never like that of one that differs only in case. */
function moduleNames({ actions }: Product): (name: string) => string {
  const taken = new Set(actions.map(({ name }) => name.toLowerCase()));
  return (name) => {
    let module = name;
    while (taken.has(module.toLowerCase())) module = `old-${module}`;
    taken.add(module.toLowerCase());
    return `actions/${module}`;
  };
}
