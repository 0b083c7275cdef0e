import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type ActionParts, actionDocument } from "../support/action-document.js";
import { actiongen } from "../support/actiongen.js";
import { folderOf } from "../support/bundled.js";

const shapes = "test/golden/shapes/spec";

/** A specification whose products `bowls` and `cups` have the action `Fill`. */
function twoProducts(bowl: ActionParts, cup: ActionParts): Promise<string> {
  return folderOf(shapes, {
    "bowls/Fill.openapi.yaml": actionDocument("Fill", bowl),
    "cups/Fill.openapi.yaml": actionDocument("Fill", cup),
    "cups/Drink.openapi.yaml": actionDocument("Drink"),
    "store/Buy.openapi.yaml": actionDocument("Buy"),
  });
}

async function bundled(spec: string, ...options: string[]) {
  const { code, out, err } = await actiongen(["bundle", "--form", "virtual", "--spec", spec, ...options]);
  return { code, err, document: code === 0 ? parse(out) : undefined };
}

const parameter = (more: object) => ({ name: "Size", in: "query", schema: { type: "integer" }, ...more });
const fields = (...required: string[]) => ({
  response: { Level: { type: "object", required, properties: { A: {}, B: {}, description: {} } } },
});

describe("an action of several products", () => {
  test.each<[what: string, bowl: ActionParts, cup: ActionParts]>([
    ["in the same words", {}, {}],
    [
      "in other words, with other facts",
      {
        operation: { summary: "Fills a bowl.", "x-actiongen-retry-safe": true },
        parameters: [parameter({})],
      },
      {
        operation: { summary: "Fills a cup." },
        parameters: [parameter({ description: "In ml.", required: false })],
      },
    ],
    ["with required fields in another order", fields("A", "B"), fields("B", "A")],
  ])("is one operation if it is described alike, %s", async (_, bowl, cup) => {
    const { document, err } = await bundled(await twoProducts(bowl, cup));
    expect(err).toBe("");
    expect(Object.keys(document.paths)).toEqual(["/Fill", "/Drink", "/Buy"]);
    const { tags, summary } = document.paths["/Fill"].get;
    expect([tags, summary]).toEqual([["bowls", "cups"], bowl.operation?.summary]);
  });

  test.each<[what: string, cup: ActionParts, differences: string]>([
    ["the type of a parameter", { parameters: [parameter({ schema: { type: "string" } })] }, "Size"],
    ["whether a parameter is required", { parameters: [parameter({ required: true })] }, "Size"],
    ["a parameter and the response", fields("A"), "Size, the response"],
  ])("is reported if the products differ in %s", async (_, cup, differences) => {
    const spec = await twoProducts({ parameters: [parameter({})] }, cup);
    const { code, err } = await bundled(spec);
    expect(code).toBe(1);
    expect(err.replace(/\S*\/(?=(?:bowls|cups)\/)/g, "")).toMatch(
      new RegExp(
        `^cups/Fill\\.openapi\\.yaml:\\d+: Fill of cups differs from that of bowls at bowls/Fill\\.openapi\\.yaml:\\d+: ${differences}\n  help: One document cannot contain both\\. Choose products with --product, such as --product cups, or make the documents agree\\.\n$`,
      ),
    );
  });

  test("is that of the products that are chosen", async () => {
    const spec = await twoProducts({ parameters: [parameter({})] }, {});
    const one = await bundled(spec, "--product", "cups");
    expect(Object.keys(one.document.paths)).toEqual(["/Drink", "/Fill"]);
    expect(one.document.paths["/Fill"].get.parameters).toHaveLength(1);
    const two = await bundled(spec, "--product", "store", "--product", "bowls");
    expect(Object.keys(two.document.paths)).toEqual(["/Fill", "/Buy"]);
    expect(two.document.tags.map(({ name }: { name: string }) => name)).toEqual(["bowls", "store"]);
  });
});

test("a product that does not exist is wrong usage", async () => {
  expect(await bundled(shapes, "--product", "stores", "--product", "x")).toMatchObject({
    code: 2,
    err: 'error: --product: the specification has no product "stores" (did you mean store?), "x"\n',
  });
});
