import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { compareModels } from "../../scripts/diff/compare.js";
import { rules } from "../../scripts/diff/rules.js";
import { load } from "../../scripts/load.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { cases } from "../support/diff-cases.js";
import {
  brand,
  first,
  model,
  modelCases,
  retCode,
  withAction,
  withRetCodes,
} from "../support/diff-model-cases.js";

describe("a change is", () => {
  test.each(modelCases.map((one) => [one[0], one] as const))("%s", (_, one) => {
    const [, before, after, expected, renames] = one;
    const found = compareModels(before(model), after(model), renames);
    expect(found.map(({ rule, bump }) => `${rule} ${bump}`).sort()).toEqual([...expected].sort());
  });
});

test("an action of the same name in another product has not moved there if it shares what all actions have", async () => {
  const stateOf = (product: string, size: string, price: string) => {
    const document = actionDocument("GetPrice", {
      operation: { summary: `Price of a ${product}` },
      parameters: ["Region", "Zone", size].map((name) => ({ name, in: "query", schema: { type: "string" } })),
      response: { Action: { type: "string" }, Message: { type: "string" }, [price]: { type: "number" } },
    });
    return folderOf("test/data/spec", { [`${product}/GetPrice.openapi.yaml`]: document });
  };
  const specOf = async (...state: [string, string, string]) =>
    await load(await stateOf(...state), { isPartial: true });
  const before = await specOf("disk", "DiskSize", "DiskPrice");
  const rulesOf = (after: ApiModel) => compareModels(before, after).map(({ rule }) => rule);
  expect(rulesOf(await specOf("gpu", "GpuType", "GpuPrices"))).toEqual(["action-removed", "action-added"]);
  expect(rulesOf(await specOf("gpu", "DiskSize", "GpuPrices"))).toContain("action-moved-here");
});

test("the fingerprint of a change stays the same beside other changes", () => {
  const one = compareModels(withRetCodes()(model), withRetCodes(retCode)(model));
  const two = compareModels(
    withRetCodes()(model),
    brand({ baseUrl: "https://b.example/" })(withRetCodes(retCode)(model)),
  );
  expect(two.map(({ fingerprint }) => fingerprint)).toContain(one[0]?.fingerprint);
  expect(new Set(two.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test("the default of a secret is not printed", () => {
  const [field] = first.parameters;
  if (field === undefined) throw new Error("unreachable: the action has parameters");
  const withDefault = (value: string) =>
    withAction({ parameters: [{ ...field, sensitive: true, default: value }] })(model);
  const found = compareModels(withDefault("changeme"), withDefault("hunter2"));
  expect(found.map(({ rule }) => rule)).toEqual(["param-default-changed"]);
  expect(JSON.stringify(found)).not.toMatch(/changeme|hunter2/);
});

test("the values of a secret are not printed", () => {
  const [field] = first.parameters;
  if (field === undefined) throw new Error("unreachable: the action has parameters");
  const withValues = (...values: string[]) => {
    const type = { kind: "enum", of: "string", values, nullable: false } as const;
    return withAction({ parameters: [{ ...field, sensitive: true, type }] })(model);
  };
  const constant = { kind: "const", value: "hunter2", nullable: false } as const;
  const withConstant = withAction({ parameters: [{ ...field, sensitive: true, type: constant }] })(model);
  const found = [
    ...compareModels(withValues("changeme", "a"), withValues("hunter2", "a")),
    ...compareModels(model, withConstant),
  ];
  expect(found.map(({ rule }) => rule)).toContain("param-enum-value-removed");
  expect(found.map(({ rule }) => rule)).toContain("param-type-narrowed");
  expect(JSON.stringify(found)).not.toMatch(/changeme|hunter2/);
});

test("the values of a field that was renamed inside of a secret are not printed", () => {
  const [field] = first.parameters;
  if (field === undefined) throw new Error("unreachable: the action has parameters");
  const withValues = (name: string, ...values: string[]) => {
    const type = { kind: "enum", of: "string", values, nullable: false } as const;
    const inner = { ...field, name, description: "", sensitive: false, type };
    const models = [
      { name: "Secret", typeName: "Secret", description: "", fields: [inner], additional: undefined },
    ];
    const outer = { kind: "object", model: "Secret", nullable: false } as const;
    const parameters = [{ ...field, name: "Outer", sensitive: true, type: outer }];
    return withAction({ parameters, models: [...first.models, ...models] })(model);
  };
  const renames = { [`${first.name}.Outer.Old`]: "Outer.New" };
  const found = compareModels(withValues("Old", "changeme", "a"), withValues("New", "hunter2", "a"), renames);
  expect(found.map(({ rule }) => rule)).toContain("param-renamed");
  expect(found.map(({ rule }) => rule)).toContain("param-enum-value-removed");
  expect(JSON.stringify(found)).not.toMatch(/changeme|hunter2/);
});

test("RetCodes are in the order of their numbers", () => {
  const codes = [150, 9, 10].map((code) => ({ ...retCode, code }));
  const found = compareModels(withRetCodes()(model), withRetCodes(...codes)(model));
  expect(found.map(({ path }) => path)).toEqual(["RetCode 9", "RetCode 10", "RetCode 150"]);
});

test("the cause of a RetCode is that of an action that had other ones before, whatever is new beside it", () => {
  const document = (draft: string) => ({
    ...first.document,
    "x-actiongen-source": { page: "a.md", pageHash: "a", draftHash: "b", hash: draft },
  });
  const before = withAction({ document: document("c") })(withRetCodes()(model));
  const after = withAction({ document: document("d"), retCodes: [...first.retCodes, retCode] })(model);
  const [changed] = after.products.map((product) => ({
    ...product,
    actions: [{ ...first, name: "ANew", retCodes: [retCode] }, ...product.actions],
    retCodes: [retCode],
  }));
  if (changed === undefined) throw new Error("unreachable: the model has a product");
  const [product] = before.products;
  const old = { ...before, products: product === undefined ? [] : [{ ...product, retCodes: [] }] };
  const found = compareModels(old, { ...after, products: [changed] });
  expect(found.filter(({ rule }) => rule === "retcode-added").map(({ cause }) => cause)).toEqual(["overlay"]);
});

test("every extension has a rule, unless it says nothing of its own", async () => {
  const documented = [
    ...(await readFile("spec/README.md", "utf8")).matchAll(/^\| `(x-actiongen-[a-z-]+)` \|/gm),
  ];
  // Tables of RetCodes for many actions, the page and the file that a document came from, and the only form of lists.
  const without = ["components", "retcode-tables", "source", "style"].map((name) => `x-actiongen-${name}`);
  const compared = Object.values(rules).map(({ extension }) => extension);
  expect(new Set([...compared, ...without])).toEqual(new Set([...documented.map(([, name]) => name), ""]));
});

test("every rule has a case", () => {
  const found = [
    ...cases,
    ...modelCases.map(([what, , , expected]) => [what, {}, expected] as const),
  ].flatMap(([, , expected]) => expected.map((line) => line.split(" ")[0]));
  expect(Object.keys(rules).filter((name) => !found.includes(name))).toEqual([]);
});
