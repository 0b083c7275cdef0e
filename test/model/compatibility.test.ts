import { describe, expect, test } from "vitest";
import { compareModels } from "../../scripts/diff/compare.js";
import { compatibilityOf } from "../../scripts/model/compatibility.js";
import { after, before, renames } from "../support/pots.js";
import { packageFiles, releasedProduct, type State } from "../support/released-package.js";

const packageOf = (name: string) => `@dezai/${name}`;

/** What a package has for programs of the version before. */
async function compatibility(states: readonly [State, State], hints: Readonly<Record<string, string>> = {}) {
  const { product } = await releasedProduct(states, hints);
  const { aliases, stubs, members } = compatibilityOf(product, "0.2.0", packageOf);
  const names = [...members.values()].flat().map((one) => `${one.name}: ${one.problem || one.current?.name}`);
  return { aliases: aliases.map(({ name }) => name), stubs: stubs.map(({ name }) => name), members: names };
}

const integer = (name: string, description: string) => ({
  name,
  in: "query",
  description,
  schema: { type: "integer" },
});
const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Items" };
const list = (offset: string, limit: string, facts: Readonly<Record<string, unknown>> = {}) => ({
  parameters: [integer(offset, "Where to begin."), integer(limit, "How many.")],
  response: {
    Total: { type: "integer" },
    Items: { type: "array", items: { type: "object", properties: {} } },
  },
  operation: facts,
});

describe("an old name has no alias", () => {
  test("if it is that of something else today", async () => {
    // The record of DescribeStack is called describeStackOperation from now on.
    const found = await compatibility([
      { DescribeStack: {}, DescribeStackOperation: {} },
      { DescribeStack: {} },
    ]);
    expect(found).toEqual({ aliases: [], stubs: [], members: [] });
  });

  test("if it is the offset of a list, since the next page is requested by the new one", async () => {
    const found = await compatibility([
      { ListPots: list("Start", "Size") },
      { ListPots: list("Offset", "Limit", { "x-actiongen-paging": paging }) },
    ]);
    expect(found.members).toEqual(["Size: Limit", "Start: is Offset since version 0.2.0: pass that"]);
  });
});

test("an action whose name differs only in case has a module of its own on every system", async () => {
  const files = await packageFiles(await releasedProduct([{ ListPOTS: {} }, { ListPots: {} }]));
  const modules = [...files.keys()].filter((path) => path.startsWith("src/actions/"));
  expect(modules.sort()).toEqual(["src/actions/ListPots.ts", "src/actions/old-ListPOTS.ts"]);
  expect(files.get("src/index.ts")).toContain('from "./actions/old-ListPOTS.js"');
});

test("aliases and stubs are no change of the model", async () => {
  const { product, brand } = await releasedProduct([before, after], renames);
  const old = { brand, products: [{ ...product, history: [] }] };
  expect(compareModels(old, { brand, products: [product] })).toEqual([]);
});
