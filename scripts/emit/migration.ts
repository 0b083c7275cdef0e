import type { GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import { type Migration, migrationOf } from "../model/migration.js";
import type { ReleasedChange } from "../model/release.js";
import type { Templates } from "./templates.js";

/** What `actiongen migrate` does about a change, by rule. */
const advice: readonly (readonly [rules: RegExp, advice: string])[] = [
  [/^(?:action|param|resp)-renamed(?:-case)?$/, "renames it"],
  [/^action-moved-(?:product|here)$/, "changes imports, and reports methods of clients"],
  [/^(?:action-removed|(?:param|resp)-(?:moved|removed(?:-optional|-required)?))$/, "reports it"],
  [
    /^(?:action-export|action-known-values|paging|download|wait)-(?:removed|renamed)$/,
    "does nothing: the compiler reports it",
  ],
];

/** `MIGRATION.md` and `migration.json` of a product's package; none if no name has changed. */
export function emitMigration(
  product: Product,
  products: readonly ProductSummary[],
  packageOf: (product: string) => string,
  templates: Templates,
): GeneratedFile[] {
  const migration = migrationOf(product, products, packageOf);
  const releases = releasesOf(product);
  if (releases.length + migration.exports.length + migration.members.length === 0) return [];
  const folder = `packages/${product.name}`;
  const content = templates.render("client/MIGRATION.md.hbs", { package: migration.package, releases });
  return [
    { path: `${folder}/MIGRATION.md`, content },
    { path: `${folder}/migration.json`, content: printMigration(migration) },
  ];
}

/** One entry a line, so that version control shows which one changed. */
function printMigration({ exports, members, ...rest }: Migration): string {
  const lines = (entries: readonly object[]) =>
    entries.map((entry) => `\n    ${JSON.stringify(entry)}`).join(",");
  const head = Object.entries(rest).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  return `{\n${head.join("")}  "exports": [${lines(exports)}\n  ],\n  "members": [${lines(members)}\n  ]\n}\n`;
}

function releasesOf({ history }: Product) {
  return history
    .map(({ version, changes }) => ({ version, changes: changes.flatMap(changeView) }))
    .filter(({ changes }) => changes.length > 0);
}

function changeView({ rule, action, message }: ReleasedChange) {
  const [, found] = advice.find(([rules]) => rules.test(rule)) ?? [];
  return found === undefined ? [] : [{ action, message, advice: found }];
}
