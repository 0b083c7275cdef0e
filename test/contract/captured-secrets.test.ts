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
        { name: "Count", in: "query", schema: { type: "integer" } },
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

const token = "4eZCa3sA7pQ2xVn8";

test.each<[what: string, body: object, parameters?: Record<string, string>]>([
  ["a key of an undocumented object", { Tokens: { [token]: { Size: 1 } } }],
  ["a key in a list of an undocumented object", { Tokens: [{ [token]: 1 }] }],
  ["an undocumented key", { [token]: 1 }],
  ["a key of a documented map, around a wrong value", { Map: { [token]: { Pin: 1 } } }],
  ["a key of a documented map, around an undocumented field", { Map: { [token]: { Other: 1 } } }],
  ["the name of the response", { Action: token }],
  ["a parameter of another type", { One: {} }, { Count: token }],
  ["a key of a parameter", { One: {} }, { [`Users.${token}.Other`]: "1" }],
  ["the name of an undocumented parameter", { One: {} }, { [token]: "1" }],
  ["a key of an undocumented parameter", { One: {} }, { [`Tokens.${token}`]: "1" }],
])("what can be a secret is not printed, nor in an overlay: %s", async (_, body, parameters) => {
  expect(await report(body, parameters)).not.toContain(token);
});

test("a key that can be a value has no overlay and is reported as <key>, one that is a name has both", async () => {
  const found = async (body: object) => {
    const api = await model();
    const all = await findingsOf(api, captured(api, { Action: "DoIt" }, { RetCode: 0, ...body }));
    return all.map(({ message, at, overlay }) => [message.split(",")[0], at, overlay.length]);
  };
  expect(await found({ Map: { [token]: { Other: 1 } } })).toEqual([
    ["Map.<key>.Other is 1 in the recording", "$.Map['<key>'].Other", 1],
  ]);
  expect(await found({ One: { [token]: 1 } })).toEqual([
    ["One.<key> is 1 in the recording", "$.One['<key>']", 0],
  ]);
  expect(await found({ IPv4Set: 1 })).toEqual([["IPv4Set is 1 in the recording", "$.IPv4Set", 1]]);
});
