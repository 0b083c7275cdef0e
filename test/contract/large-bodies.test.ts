import { expect, test } from "vitest";
import { madeUpProduct } from "../support/made-up-product.js";
import { once } from "../support/once.js";
import { captured, findingsOf } from "../support/recorded.js";

const item = { type: "object", properties: { Id: { type: "string" } } };
const items = { type: "array", minItems: 5_500, items: item };
const values = { type: "object", additionalProperties: item };
const choice = { anyOf: [item, { type: "array", items: item }] };
const long = { anyOf: [{ type: "string" }, items] };
const model = once(async () => {
  const { product, brand } = await madeUpProduct({
    DoIt: { parameters: [], response: { Items: items, Values: values, Choice: choice, Long: long } },
  });
  return { brand, products: [product] };
});

async function found(body: object): Promise<string[]> {
  const api = await model();
  const har = captured(api, { Action: "DoIt" }, { RetCode: 0, ...body });
  return (await findingsOf(api, har)).map(({ code, at }) => `${code} ${at}`);
}

const right = { Id: "a" };
const wrong = { Id: 1 };
const list = (...last: object[]) => [...Array.from({ length: 6_000 }, () => right), ...last];

test("a large body without mistakes has no findings", async () => {
  expect(await found({ Items: list() })).toEqual([]);
});

test("a mistake in the last item of a long list is found", async () => {
  expect(await found({ Items: list(wrong) })).toEqual(["field-type $.Items[6000].Id"]);
});

test("mistakes in the first items of a long list are found, each once", async () => {
  expect(await found({ Items: [wrong, ...list(wrong)], Other: 1 })).toEqual([
    "field-undocumented $.Other",
    "field-type $.Items[0].Id",
  ]);
});

test("the first mistake in a large map is found", async () => {
  const all = Object.fromEntries(list(wrong).map((one, at) => [`k${at}`, one]));
  expect(await found({ Values: all })).toEqual(["field-type $.Values['<key>'].Id"]);
});

test("a list that is long enough is no mistake beside another one, also in a union", async () => {
  expect(await found({ Items: list(), Choice: list(), Long: list(), Other: 1 })).toEqual([
    "field-undocumented $.Other",
  ]);
});

test("of thousands of numbers that lose digits, the first hundred are found, and the others counted", async () => {
  const api = await model();
  const body = `{"RetCode":0,"Values":{},"Choice":[],"Long":"","Items":${JSON.stringify(list())},"Other":[${Array.from({ length: 200_000 }, () => "9007199254740993").join()}]}`;
  const findings = await findingsOf(api, captured(api, { Action: "DoIt" }, body));
  const digits = findings.filter(({ code }) => code === "field-digits");
  expect(digits).toHaveLength(100);
  expect(digits[0]?.message).toMatch(/^Other\.0 is a number .* loses digits$/);
  expect(digits[99]?.message).toMatch(/^Other\.99 .* loses digits \(and 199900 more in this body\)$/);
});

test("a union without a valid member is one finding, also in a large body", async () => {
  expect(await found({ Choice: list(wrong) })).toEqual(["field-type $.Choice"]);
});
