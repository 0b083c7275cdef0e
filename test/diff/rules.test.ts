import { describe, expect, test } from "vitest";
import { changeOf } from "../../scripts/diff/change.js";
import { compareModels } from "../../scripts/diff/compare.js";
import { messageOf } from "../../scripts/diff/messages.js";
import { type RuleName, rules } from "../../scripts/diff/rules.js";
import { load } from "../../scripts/load.js";
import { type ActionParts, actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { cases } from "../support/diff-cases.js";
import { once } from "../support/once.js";

/** Both states of all cases, each an action of its own. */
const changes = once(async () => {
  const stateOf = async (side: "before" | "after") => {
    const documents = cases.flatMap(([, states], index) => {
      const parts: ActionParts | undefined = states[side];
      return parts === undefined
        ? []
        : [[`store/${nameOf(index)}.openapi.yaml`, actionDocument(nameOf(index), parts)]];
    });
    return await load(await folderOf("test/golden/shapes/spec", Object.fromEntries(documents)));
  };
  const renames = cases.flatMap(([, , , own = {}], index) =>
    Object.entries(own).map(([from, to]) => [`${nameOf(index)}.${from}`, to]),
  );
  return compareModels(await stateOf("before"), await stateOf("after"), Object.fromEntries(renames));
});

function nameOf(index: number): string {
  return `DescribeCase${index}`;
}

describe("a change of an action is", () => {
  test.each(cases.map(([name, , expected], index) => ({ name, index, expected })))(
    "$name",
    async ({ index, expected }) => {
      const own = (await changes()).filter(({ action }) => action === nameOf(index));
      expect(own.map(({ rule, path, bump }) => [rule, path, bump].filter(Boolean).join(" ")).sort()).toEqual(
        [...expected].sort(),
      );
    },
  );
});

test("every rule names the rule of the opposite change, which names it, or says why there is none", () => {
  // A removal and a product that an action left have two opposites, of which they name the first.
  const oneOfTwo = ["action-moved-here", "param-added-required"];
  const named = Object.entries(rules).filter(([, { mirror }]) => !mirror.includes(" "));
  const unanswered = named.filter(
    ([name, { mirror }]) => (rules as Record<string, { mirror: string }>)[mirror]?.mirror !== name,
  );
  expect(unanswered.map(([name]) => name)).toEqual(oneOfTwo);
});

test.each<RuleName>([
  "param-became-enum",
  "param-enum-value-removed",
  "param-type-narrowed",
  "param-nullable-off",
  "param-limits-narrowed",
])("%s breaks installed programs that send other values", (rule) => {
  expect(rules[rule].wire).toBe("breaks");
});

test.each(Object.keys(rules))("%s has a message", (rule) => {
  const found = { rule: rule as RuleName, before: "old", after: "new" };
  const message = messageOf(changeOf({ product: "a", action: "B", path: "C" }, found, "document"));
  expect(message).toMatch(/^\S.*\S$/);
  expect(message).not.toMatch(/undefined/);
});

test.each<[RuleName, string]>([
  ["resp-open-on", "response can now have other fields"],
  ["resp-open-off", "response no longer has other fields"],
  ["resp-order", "order of the response fields changed"],
  ["param-order", "order of the parameters changed"],
])("%s of all of an action is: %s", (rule, message) => {
  expect(messageOf(changeOf({ product: "a", action: "B", path: "" }, { rule }, "document"))).toBe(message);
});
