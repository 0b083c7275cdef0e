import type { Brand, GeneratedFile, Product } from "../model/api-model.js";
import type { ActionAlias, ActionStub, Compatibility } from "../model/compatibility.js";
import { packageName } from "../model/names.js";
import { changeSentence } from "../model/old-names.js";
import { actionView } from "./action.js";
import { Code, type DocTag } from "./code.js";
import { renamedTag } from "./old-names.js";
import type { Templates } from "./templates.js";

/** The views of what a package has for programs that were written for earlier versions: as those of its actions. */
export function oldActionViews({ aliases, stubs }: Compatibility, product: Product, brand: Brand) {
  const moduleOf = moduleNames(product);
  return {
    aliases: aliases.map((alias) => aliasView(alias, brand, moduleOf(alias.name))),
    stubs: stubs.map((stub) => stubView(stub, brand, moduleOf(stub.name))),
  };
}

export type OldActionViews = ReturnType<typeof oldActionViews>;

/** The modules of old actions. */
export function emitOldActions(
  { aliases, stubs }: OldActionViews,
  product: Product,
  templates: Templates,
): GeneratedFile[] {
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
function aliasView({ name, names, action, knownValues, version }: ActionAlias, brand: Brand, module: string) {
  const view = actionView(action, brand);
  const tagsFor = (current: string) => [renamedTag(version, `\`${current}\``)];
  const doc = (current: string) => Code.doc("", [], tagsFor(current));
  const keys =
    view.item === null ? (["params", "response"] as const) : (["item", "params", "response"] as const);
  const types = [
    ...keys.map((key) => ({ name: names[key], current: action.names[key] })),
    ...knownValues,
  ].map((one) => ({ ...one, doc: doc(one.current) }));
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
    docs: {
      function: doc(action.names.function),
      operation: doc(action.names.operation),
      validator: doc(action.names.validator),
    },
    methodDoc: Code.doc("  ", [], tagsFor(action.names.function)),
  };
}

/** The function and the method of an action that the package does not have any more, which throw an error. */
function stubView(stub: ActionStub, { package: { scope } }: Brand, module: string) {
  const { kind, version } = stub;
  const target = packageName(scope, stub.to);
  const tags: DocTag[] = [["deprecated", changeSentence(stub, `the package \`${target}\``)]];
  const problem =
    kind === "moved"
      ? `the action moved to the package ${target} in version ${version} of this package: see MIGRATION.md of ${target}. Nothing was sent.`
      : `the action was removed in version ${version}. Nothing was sent.`;
  return {
    ...stub,
    problem,
    module,
    core: packageName(scope, "core"),
    doc: Code.doc("", ["Throws an error: the package does not have the action any more."], tags),
    methodDoc: Code.doc("  ", ["Throws an error."], tags),
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
