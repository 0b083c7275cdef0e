import type { Brand, GeneratedFile } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import { versionOf } from "../versions.js";
import { actionView } from "./action.js";
import type { MarkedProduct } from "./change-marks.js";
import { Code } from "./code.js";
import type { OldActionViews } from "./compatibility.js";
import { emitPackageFiles } from "./package-files.js";
import { readmeView } from "./readme.js";
import type { Templates } from "./templates.js";

/** Modules of a product's package that can be imported besides its index. */
export const entries = [
  "connect",
  "node",
  "validate",
  "validate-only",
  "testing",
  "telemetry",
  "openapi-fetch",
];

/** The package of a product, except for the modules of its actions: its README, entries and settings. */
export function emitPackage(
  brand: Brand,
  product: MarkedProduct,
  templates: Templates,
  old: OldActionViews,
  hasMigration: boolean,
): GeneratedFile[] {
  const folder = `packages/${product.name}`;
  const view = productView(brand, product, old);
  const file = (path: string, template: string) => ({
    path: `${folder}/${path}`,
    content: templates.render(`client/${template}.hbs`, view),
  });
  return [
    ...emitPackageFiles(
      {
        folder,
        name: view.package,
        version: view.version,
        description: `Typed client for ${product.title} of the ${brand.name} API, with request signing.`,
        page: `${product.name}/`,
        keywords: [product.name],
        dependencies: { [view.core]: coreRange(brand, product) },
        files: hasMigration ? ["MIGRATION.md", "migration.json"] : [],
        subpaths: [...entries, "actions/*", "testing/*"],
      },
      brand,
      templates,
    ),
    {
      path: `${folder}/README.md`,
      content: templates.render("client/README.md.hbs", readmeView(brand, product, hasMigration)),
    },
    ...["index", "client", "settings", "retcodes", ...entries].map((name) =>
      file(`src/${name}.ts`, `${name}.ts`),
    ),
  ];
}

/**
 * Any core that is compatible, so that a fix of core does not need a release of every product. Below 1.0.0, a caret allows new
 * patches only, since a minor version may break there: `^0.1.0` is 0.1.x, and `^0.0.1` is that version.
 */
function coreRange(brand: Brand, { history: [latest] }: MarkedProduct): string {
  // That of the product's last release, so that a package without changes stays as it is when core has a new version.
  return `^${latest?.core || versionOf(brand.package, "core")}`;
}

function productView(brand: Brand, product: MarkedProduct, old: OldActionViews) {
  const { scope } = brand.package;
  const version = versionOf(brand.package, product.name);
  const downloads = product.actions.flatMap(({ name, names, deprecated, download }) =>
    download === undefined ? [] : [{ ...download, name, names, deprecated }],
  );
  const actions = product.actions.map((action) => actionView(action, brand));
  return {
    brand: brand.name,
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    profileFile: brand.profileFile,
    requestIdHeader: brand.requestIdHeader,
    errorsUrl: brand.docs.url && `${brand.docs.url}errors.html`,
    locations: Object.entries(brand.locationOptions).map(([option, parameter]) => ({ option, parameter })),
    core: packageName(scope, "core"),
    package: packageName(scope, product.name),
    version,
    // A product token contains neither "@" nor "/".
    userAgent: `${scope.replace(/^@/, "")}-${product.name}/${version}`,
    // Prefix of the names of metrics and attributes.
    system: scope.replace(/^@/, ""),
    service: product.name,
    title: product.title,
    retCodes: product.retCodes,
    actions,
    methods: [...actions, ...old.aliases],
    stubs: old.stubs,
    calls: callTypes(product),
    downloads,
    anyWait: product.actions.some(({ wait }) => wait !== undefined),
  };
}

/** Types of the calls that the methods of a client return. */
function callTypes({ actions }: MarkedProduct): Code {
  const types = actions.map(({ paging }) => (paging === undefined ? "ActionCall" : "PagedCall"));
  return Code.list([...new Set(types)].sort().map((type) => Code.identifier(type)));
}
