import { describe, expect, test } from "vitest";
import { type Effect, rules } from "../../scripts/diff/rules.js";
import { load } from "../../scripts/load.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import type { ActionParts } from "../support/action-document.js";
import { builtProduct } from "../support/built-product.js";
import { cases } from "../support/diff-cases.js";
import { addEvidence } from "../support/evidence.js";
import { once } from "../support/once.js";
import { upgradeCases } from "../support/upgrade-cases.js";
import { type Outcome, outcomesOf, type Upgrade } from "../support/witnesses.js";

const { brand } = await load("test/golden/shapes/spec");

/** Both states of the cases of one action, in one product. */
function actionUpgrades(): (Upgrade & { what: string })[] {
  const chosen = cases.filter(([, { before, after }]) => before !== undefined && after !== undefined);
  const nameOf = (index: number) => `DescribeCase${index}`;
  const stateOf = (side: "before" | "after"): ApiModel => {
    const actions = chosen.map(([, states], index): [string, ActionParts] => [
      nameOf(index),
      states[side] ?? {},
    ]);
    return { brand, products: [{ ...builtProduct(Object.fromEntries(actions)).product, name: "store" }] };
  };
  const [before, after] = [stateOf("before"), stateOf("after")];
  return chosen.map(([what, , , own = {}], index) => {
    const action = nameOf(index);
    const renames = Object.fromEntries(Object.entries(own).map(([from, to]) => [`${action}.${from}`, to]));
    return { what, product: "store", action, before, after, renames };
  });
}

const ofProducts = upgradeCases(brand);
const upgrades = [...actionUpgrades(), ...ofProducts.map((upgrade) => ({ ...upgrade, what: upgrade.rule }))];
const outcomes = once(() => outcomesOf(upgrades));
const outcomeOf = async (index: number) => (await outcomes())[index] as Outcome;
const rows = upgrades.map(({ what }, index) => [what, index] as const);

const effects: readonly Effect[] = ["breaks", "weakens", "none"];

/** The strongest effect on types of some changes. */
function strongest(changes: Outcome["changes"]): Effect {
  return effects.find((effect) => changes.some(({ types }) => types === effect)) ?? "none";
}

/** Rules whose effect on types an outcome shows: no other change has it, unless there is none at all. */
function provenBy({ changes, types }: Outcome): string[] {
  const named = [...new Set(changes.filter((change) => change.types === types).map(({ rule }) => rule))];
  return types === "none" || named.length === 1 ? named.filter((rule) => rules[rule].types === types) : [];
}

describe("programs of a consumer compile before, and fail as the table says after", () => {
  test.each(rows)("%s", async (_, index) => {
    const { changes, errorsBefore, types, errorsAfter } = await outcomeOf(index);
    expect(errorsBefore).toEqual([]);
    expect({ types, errorsAfter }).toEqual({ types: strongest(changes), errorsAfter });
  });
});

test("what behaves differently without an error of the compiler is other code", async () => {
  const found = (await outcomes()).filter(({ changes }) => changes.some(({ review }) => review));
  const silent = found.filter((outcome) => !outcome.hasOtherCode()).flatMap(({ changes }) => changes);
  // A response is returned as it was sent: its content changes, not the client.
  expect(silent.map(({ rule }) => rule).sort()).toEqual(["resp-base64-off", "resp-base64-on"]);
  expect(found.length).toBeGreaterThan(20);
});

test("a change that concerns more than one action is the only one in its upgrade", async () => {
  const found = (await outcomes())
    .slice(-ofProducts.length)
    .map(({ changes }) => changes.map(({ rule }) => rule));
  expect(found).toEqual(ofProducts.map(({ rule }) => [rule]));
});

test("the effect of every rule on types is proven by programs", async (context) => {
  const proven = new Set((await outcomes()).flatMap(provenBy));
  const all = Object.keys(rules);
  const failing = all.filter(
    (rule) => proven.has(rule) && rules[rule as keyof typeof rules].types !== "none",
  );
  addEvidence(context, {
    what: "Rules of `diff` whose effect on types programs of consumers prove, of which some fail to compile",
    measured: `${proven.size} of ${all.length}, ${failing.length}`,
    limit: `${all.length}, 40`,
  });
  expect(all.filter((rule) => !proven.has(rule))).toEqual([]);
  expect(failing.length).toBeGreaterThanOrEqual(40);
});
