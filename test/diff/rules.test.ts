import { describe, expect, test } from "vitest";
import { compareModels } from "../../scripts/diff/compare.js";
import { rules } from "../../scripts/diff/rules.js";
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
  return compareModels(await stateOf("before"), await stateOf("after"));
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
  for (const [name, { mirror }] of Object.entries(rules)) {
    if (mirror.includes(" ")) continue;
    expect(Object.keys(rules), name).toContain(mirror);
  }
});
