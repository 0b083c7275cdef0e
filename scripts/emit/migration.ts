import type { GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import { type Migration, migrationOf } from "../model/migration.js";
import type { ReleasedChange } from "../model/release.js";
import type { Templates } from "./templates.js";

const nothing = "does nothing: the compiler reports it";

/** What `actiongen migrate` does about a change, by rule. */
const advice: readonly (readonly [rules: RegExp, advice: string])[] = [
  [/^action-renamed(?:-case)?$/, "renames it"],
  [/^action-moved-(?:product|here)$/, "changes imports, and reports methods of clients"],
  [/^action-removed$/, "reports it"],
  [/^(?:action-export|action-known-values|paging|download|wait)-(?:removed|renamed)$/, nothing],
];
/** Changes of names of parameters and response fields. */
const ofFields = /^(?:param|resp)-(?:renamed|moved|removed(?:-optional|-required)?)$/;

/** `MIGRATION.md` and `migration.json` of a product's package; none if no name has changed. */
export function emitMigration(
  product: Product,
  products: readonly ProductSummary[],
  packageOf: (product: string) => string,
  templates: Templates,
): GeneratedFile[] {
  const migration = migrationOf(product, products, packageOf);
  const releases = releasesOf(product, migration);
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

function releasesOf({ history }: Product, migration: Migration) {
  const viewOf = (change: ReleasedChange) => {
    const { rule, action, message } = change;
    const [, found] = advice.find(([rules]) => rules.test(rule)) ?? [];
    const text = ofFields.test(rule) ? fieldAdvice(change, migration) : found;
    return text === undefined ? [] : [{ action, message, advice: text }];
  };
  return history
    .map(({ version, changes }) => ({ version, changes: changes.flatMap(viewOf) }))
    .filter(({ changes }) => changes.length > 0);
}

/** What `actiongen migrate` does about a name of a field: nothing inside a union, whose objects are not told apart. */
function fieldAdvice(
  { rule, action, path, before }: ReleasedChange,
  { exports, members }: Migration,
): string {
  const name = (before || path).split(".").at(-1);
  const module = `actions/${action}`;
  const current = exports.find(({ old }) => old === module)?.new || module;
  const found = members.filter((one) => one.module === current && one.old === name);
  if (found.length === 0) return nothing;
  return rule.endsWith("-renamed") && found.some((one) => one.new !== "") ? "renames it" : "reports it";
}
