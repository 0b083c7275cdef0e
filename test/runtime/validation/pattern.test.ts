import { expect, test } from "vitest";
import { modelSchema } from "../../../scripts/contract/model-schema.js";
import { schemaValidator } from "../../../scripts/contract/schema-validator.js";
import { load } from "../../../scripts/load.js";
import { agrees } from "../../../scripts/model/agreement.js";
import type { Action } from "../../../scripts/model/api-model.js";
import { actionDocument } from "../../support/action-document.js";
import { folderOf } from "../../support/bundled.js";
import { generated } from "../../support/generated.js";
import { loadValidator } from "../../support/validator.js";

/** The interpretations of a response whose field `Id` has a pattern, and the page of the action. */
async function interpretations(pattern: string) {
  const document = actionDocument("Do", { response: { Id: { type: "string", pattern } } });
  const folder = await folderOf("test/golden/shapes/spec", { "store/Do.openapi.yaml": document });
  const files = await generated(folder);
  const source = files.get("packages/store/src/actions/Do.ts") ?? "";
  const action = (await load(folder)).products[0]?.actions[0] as Action;
  const check = schemaValidator().compile(modelSchema(action, action.responseModel));
  const type = { kind: "object", model: action.responseModel, nullable: false } as const;
  const validate = await loadValidator(source, "validateDo");
  return {
    accepts: {
      client: (body: object) => validate(body).length === 0,
      contract: (body: unknown) => check(body) === true,
      model: (body: unknown) => agrees(body, type, action.models),
    },
    page: files.get("docs/store/Do.html") ?? "",
  };
}

test.each([
  ["could take forever", "^(a+)+$"],
  ["could take long", "a*a*a*$"],
  ["is not valid", "(a"],
])("a pattern that %s is shown, and no response is checked for it", async (_, pattern) => {
  const { accepts, page } = await interpretations(pattern);
  const body = { RetCode: 0, Id: `${"a".repeat(100_000)}!` };
  expect(Object.values(accepts).map((accept) => accept(body))).toEqual([true, true, true]);
  expect(page).toContain(pattern);
});

test("every other pattern is checked by the client, the contract tests and the model", async () => {
  const { accepts, page } = await interpretations("^pot-[a-z]+$");
  for (const accept of Object.values(accepts)) {
    expect(accept({ RetCode: 0, Id: "pot-a" })).toBe(true);
    expect(accept({ RetCode: 0, Id: "a" })).toBe(false);
  }
  expect(page).toContain("^pot-[a-z]+$");
});
