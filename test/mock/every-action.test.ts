import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { modelSchema } from "../../scripts/contract/model-schema.js";
import { schemaValidator } from "../../scripts/contract/schema-validator.js";
import { load } from "../../scripts/load.js";
import { actionsByName } from "../../scripts/mock/gateway.js";
import { hostileTexts, specWith } from "../support/hostile-spec.js";
import { startMockOf } from "../support/mock.js";

const golden = (await readdir("test/golden", { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/golden/${name}/spec`);

const exampleCredentials = { publicKey: "public", privateKey: "private" };
const validator = schemaValidator();

/** Calls every action of a specification without recordings. @returns the number of actions. */
async function callAll(spec: string): Promise<number> {
  const { brand, products } = await load(spec);
  const { call } = await startMockOf({ products, brand: { ...brand, exampleCredentials } });
  const actions = actionsByName({ products });
  for (const action of actions.values()) {
    const { data, response } = await call(action).withResponse();
    validator.validate(modelSchema(action, action.responseModel), data);
    expect(validator.errors, action.name).toBeNull();
    expect(data.RetCode).toBe(0);
    expect(response.headers.get("X-Actiongen-Response")).toMatch(/^(example|schema)$/);
  }
  return actions.size;
}

describe("without recordings, the mock responds as documented to every action of", () => {
  test.each(["spec", "test/data/spec", ...golden])("%s", async (spec) => {
    expect(await callAll(spec)).toBeGreaterThan(0);
  });

  test.each(hostileTexts)("a specification of the text %j", async (text) => {
    expect(await callAll(await specWith(text))).toBe(1);
  });
});
