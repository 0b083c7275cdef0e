import { describe, expect, test } from "vitest";
import { compatibilityOf } from "../../scripts/model/compatibility.js";
import { packageFiles, releasedProduct, type State } from "../support/released-package.js";

/** What a package has for programs of the version before. */
async function compatibility(states: readonly [State, State], hints: Readonly<Record<string, string>> = {}) {
  const { product } = await releasedProduct(states, hints);
  const { aliases, stubs, members } = compatibilityOf(product, "0.2.0");
  const names = [...members.values()].flat().map((one) => `${one.name}: ${one.current?.name ?? one.kind}`);
  return { aliases: aliases.map(({ name }) => name), stubs: stubs.map(({ name }) => name), members: names };
}

/** The names that an index exports from the modules of actions. */
function exportsOf(index = ""): string[] {
  const [own = ""] = index.split("export { type Client");
  return [...own.matchAll(/(?<=[{,]\s+)(?:type )?(\w+)(?=,|\s*\})/g)].map(([, name = ""]) => name);
}

describe("an old name has no alias", () => {
  test("if it is that of something else today", async () => {
    // The record of DescribeStack is called describeStackOperation from now on.
    const found = await compatibility([
      { DescribeStack: {}, DescribeStackOperation: {} },
      { DescribeStack: {} },
    ]);
    expect(found).toEqual({ aliases: [], stubs: [], members: [] });
  });

  test("if it is that of another old one, whose function it was", async () => {
    const released = await releasedProduct(
      [
        { DescribeStack: {}, DescribeStackOperation: {} },
        { DescribeHeap: {}, DescribeHeapOperation: {} },
      ],
      { DescribeStack: "DescribeHeap", DescribeStackOperation: "DescribeHeapOperation" },
    );
    const { aliases } = compatibilityOf(released.product, "0.2.0");
    expect(aliases.map(({ names }) => [names.function, names.operation])).toEqual([
      ["describeStack", "describeStackOperation2"],
      ["describeStackOperation", "describeStackOperationOperation"],
    ]);
    const names = exportsOf((await packageFiles(released)).get("src/index.ts"));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("if it is that of a function that throws", async () => {
    const released = await releasedProduct(
      [{ DescribeStack: {}, DescribeStackOperation: {} }, { DescribeHeap: {} }],
      { DescribeStack: "DescribeHeap" },
    );
    const names = exportsOf((await packageFiles(released)).get("src/index.ts"));
    expect(names.filter((name) => name.startsWith("describeStack"))).toEqual([
      "describeStack",
      "describeStackOperation2",
      "describeStackOperation",
    ]);
  });
});

test("an action that is gone has a function that throws though its other names are taken", async () => {
  const found = await compatibility([
    { DescribeStack: {}, DescribeStackOperation: {} },
    { DescribeStackOperation: {} },
  ]);
  expect(found.stubs).toEqual(["DescribeStack"]);
});

test("an action whose name differs only in case has a module of its own on every system", async () => {
  const files = await packageFiles(await releasedProduct([{ ListPOTS: {} }, { ListPots: {} }]));
  const modules = [...files.keys()].filter((path) => path.startsWith("src/actions/"));
  expect(modules.sort()).toEqual(["src/actions/ListPots.ts", "src/actions/old-ListPOTS.ts"]);
  expect(files.get("src/index.ts")).toContain('from "./actions/old-ListPOTS.js"');
});
