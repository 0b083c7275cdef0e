import { expect, test } from "vitest";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { madeUpProduct } from "../support/made-up-product.js";
import { once } from "../support/once.js";
import { captured, findingsOf } from "../support/recorded.js";

const secret = 48_151_623;
const pin = { type: "object", properties: { Pin: { type: "string", "x-actiongen-sensitive": true } } };
const hidden = { type: "object", "x-actiongen-sensitive": true, properties: { Code: { type: "string" } } };
/** Called in a test, which the folder needs. */
const model = once(async (): Promise<ApiModel> => {
  const { product, brand } = await madeUpProduct({
    DoIt: {
      parameters: [
        {
          name: "Users",
          in: "query",
          "x-actiongen-style": "indexed",
          schema: { type: "object", additionalProperties: pin },
        },
      ],
      response: {
        One: pin,
        List: { type: "array", items: pin },
        Map: { type: "object", additionalProperties: pin },
        Maps: { type: "array", items: { type: "object", additionalProperties: { anyOf: [pin, hidden] } } },
        Hidden: hidden,
        HiddenMap: {
          type: "object",
          "x-actiongen-sensitive": true,
          additionalProperties: { type: "string" },
        },
      },
    },
  });
  return { brand, products: [product] };
});

/** What is reported of a captured call. */
async function report(body: object, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const api = await model();
  const har = captured(api, { Action: "DoIt", ...parameters }, { RetCode: 0, ...body });
  const found = await findingsOf(api, har);
  expect(found).not.toEqual([]);
  return JSON.stringify(found);
}

test.each<[where: string, body: object]>([
  ["in an object", { One: { Pin: secret } }],
  ["in a list", { List: [{ Pin: secret }] }],
  ["in a map", { Map: { bob: { Pin: secret } } }],
  ["in one of several types, in a map, in a list", { Maps: [{ bob: { Pin: secret } }] }],
  ["around the value", { Hidden: { Code: secret } }],
  ["around a value that is not documented", { Hidden: { Other: secret } }],
  ["around a map", { HiddenMap: { bob: secret } }],
  ["of another case", { One: { pin: secret } }],
  ["of another case, in a map", { Map: { bob: { PIN: secret } } }],
])("the number of a sensitive field is not printed: %s", async (_, body) => {
  expect(await report(body)).not.toContain(String(secret));
});

test("a sensitive parameter in a map is not printed", async () => {
  const users = { "Users.bob.Pin": "1", "Users.bob.Pin.0": String(secret), "Users.bob.Code": String(secret) };
  expect(await report({ One: 1 }, users)).not.toContain(String(secret));
});
