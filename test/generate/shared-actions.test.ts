import { describe, expect, test } from "vitest";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { generated } from "../support/generated.js";
import { once } from "../support/once.js";

const shapes = "test/golden/shapes/spec";

const required = (name: string) => ({ name, in: "query", required: true, schema: { type: "string" } });
const mention = (text: string) => ({ operation: { description: text } });

describe("an action that two products have", () => {
  const output = once(async () => {
    const spec = await folderOf(shapes, {
      "bowls/FillCup.openapi.yaml": actionDocument("FillCup", { parameters: [required("BowlId")] }),
      "cups/FillCup.openapi.yaml": actionDocument("FillCup", { parameters: [required("CupId")] }),
      "cups/EmptyCup.openapi.yaml": actionDocument("EmptyCup", mention("Undoes FillCup.")),
      "store/BuyCup.openapi.yaml": actionDocument("BuyCup", mention("Then call FillCup.")),
    });
    return await generated(spec);
  });
  const file = async (path: string) => (await output()).get(path) ?? `no ${path}`;

  test("is a method of both packages, with the parameters of each", async () => {
    for (const [product, parameter] of [
      ["bowls", "BowlId"],
      ["cups", "CupId"],
    ]) {
      expect(await file(`packages/${product}/src/client.ts`)).toContain("fillCup(");
      const action = await file(`packages/${product}/src/actions/FillCup.ts`);
      expect(action).toContain(`${parameter}: string;`);
      expect(action).toContain('action: "FillCup"');
      expect(await file(`packages/${product}/src/openapi-fetch-paths.ts`)).toContain(`${parameter}: string;`);
    }
    expect(await file("packages/cups/src/actions/FillCup.ts")).not.toContain("BowlId");
  });

  test("has a page in both products, each of which links to the other", async () => {
    expect(await file("docs/bowls/FillCup.md")).toContain("- Also in: [cups](../cups/FillCup.md)\n");
    expect(await file("docs/cups/FillCup.html")).toContain('<a href="../bowls/FillCup.html">bowls</a>');
    expect(await file("docs/cups/EmptyCup.md")).not.toContain("Also in");
  });

  test("is linked to in the product that mentions it, elsewhere to the first product by name", async () => {
    expect(await file("docs/cups/EmptyCup.html")).toContain('Undoes <a href="FillCup.html">FillCup</a>');
    expect(await file("docs/store/BuyCup.html")).toContain(
      'call <a href="../bowls/FillCup.html">FillCup</a>',
    );
    expect(await file("docs/cups/FillCup.html")).not.toMatch(/<p>[^<]*<a href="FillCup\.html">/);
  });

  test("is found twice by the search, and is in the list of both products", async () => {
    expect((await file("docs/search-data.js")).match(/"FillCup"/g)).toHaveLength(2);
    for (const product of ["bowls", "cups"])
      expect(await file(`docs/${product}/llms.txt`)).toContain("[FillCup](FillCup.md)");
  });
});
