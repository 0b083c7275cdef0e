import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { addEvidence } from "../support/evidence.js";
import { copyWithHistory, releaseOf } from "../support/history.js";
import { upgradesSinceRelease } from "../support/last-release.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";
import { type Outcome, outcomesOf, type Upgrade } from "../support/witnesses.js";

/** A repository with a specification whose package was released; the last version has no tag yet. */
async function releasedRepository(): Promise<{ spec: string; git: (...args: string[]) => void }> {
  const root = await temporaryFolder();
  const spec = join(root, "spec");
  const store = [releaseOf("1.1.0", "2026-11-27"), releaseOf("1.0.0", "2026-11-26")];
  await copyWithHistory("test/golden/shapes/spec", spec, { store });
  const git = (...args: string[]) =>
    void execFileSync("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Release");
  return { spec, git };
}

/** Programs that fail although `diff` calls nothing breaking, or the reverse. */
function disagreements(upgrades: readonly Upgrade[], outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ changes, types, errorsAfter }, index) => {
    const breaking = changes.filter((change) => change.types === "breaks");
    if (breaking.length > 0 === (types === "breaks")) return [];
    const { product, action = "" } = upgrades[index] as Upgrade;
    return [`${product} ${action}: ${[...breaking.map(({ rule }) => rule), ...errorsAfter].join("; ")}`];
  });
}

test("programs of the last release fail where diff calls a change breaking, and nowhere else", async () => {
  const { spec, git } = await releasedRepository();
  git("tag", "@example/store@1.0.0");
  const path = (name: string) => join(spec, `store/${name}.openapi.yaml`);
  await edit(path("ListDisks"), "{ name: Limit, in: query,", "{ name: Limit, in: query, required: true,");
  await edit(path("CreateDisks"), "In GB.", "In GiB.");
  await rm(path("Delete"));
  const upgrades = await upgradesSinceRelease(spec);
  const outcomes = await outcomesOf(upgrades);
  expect(outcomes.flatMap(({ errorsBefore }) => errorsBefore)).toEqual([]);
  expect(disagreements(upgrades, outcomes)).toEqual([]);
  const effects = upgrades.map(({ action = "" }, index) => [action, outcomes[index]?.types]);
  expect(effects).toEqual([
    ["", "breaks"],
    ["CreateDisks", "none"],
    ["Delete", "breaks"],
    ["ListDisks", "breaks"],
  ]);
});

test("a repository without the tags of its releases is reported", async () => {
  const { spec } = await releasedRepository();
  await expect(upgradesSinceRelease(spec)).rejects.toThrow(
    "There is no tag @example/store@1.0.0. Run `git fetch --tags`.",
  );
});

test("programs of the last release of this repository fail where diff calls a change breaking", async (context) => {
  const upgrades = await upgradesSinceRelease("spec");
  const outcomes = await outcomesOf(upgrades);
  const wrong = disagreements(upgrades, outcomes);
  const released = (await load("spec")).products.filter(({ history }) => history.length > 1);
  addEvidence(context, {
    what: "Actions and products whose programs of the last release fail, unlike `diff` says",
    measured: `${wrong.length} of ${upgrades.length}`,
    limit: "0",
  });
  const compared = upgrades.map(({ product }) => product);
  expect(released.filter(({ name }) => !compared.includes(name))).toEqual([]);
  expect(outcomes.flatMap(({ errorsBefore }) => errorsBefore)).toEqual([]);
  expect(wrong).toEqual([]);
});
