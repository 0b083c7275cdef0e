import { withStates } from "../../scripts/diff/state.js";
import { openGit } from "../../scripts/git.js";
import { load } from "../../scripts/load.js";
import { packageName } from "../../scripts/model/names.js";
import type { Upgrade } from "./witnesses.js";

/**
 * Upgrades of the products of a specification folder from their last releases, the specification at the Git tag of each: one of
 * all of the product, and one of each action that it had.
 *
 * @throws Error if the repository lacks the tag of a release.
 */
export async function upgradesSinceRelease(spec: string): Promise<Upgrade[]> {
  const after = await load(spec);
  if (after.products.every(({ history }) => history.length === 0)) return [];
  const { git } = await openGit(spec);
  const tags = (await git("tag")).split("\n");
  const upgrades: Upgrade[] = [];
  for (const { name: product, history } of after.products) {
    const known = history.map(
      ({ version }) => `${packageName(after.brand.package.scope, product)}@${version}`,
    );
    const tag = known.find((one) => tags.includes(one));
    // The history has a release before its tag is set.
    if (tag === undefined && known.length > 1)
      throw new Error(`There is no tag ${known[1]}. Run \`git fetch --tags\`.`);
    if (tag === undefined) continue;
    const before = await withStates(tag, spec, spec, ({ folder }) => load(folder));
    const common = { product, before, after, renames: after.renames };
    const actions = before.products.find(({ name }) => name === product)?.actions ?? [];
    upgrades.push(common, ...actions.map(({ name }) => ({ ...common, action: name })));
  }
  return upgrades;
}
