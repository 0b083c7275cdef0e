import { expect, test } from "vitest";
import { addEvidence } from "../support/evidence.js";
import { testMutants } from "../support/mutants.js";

/**
 * Modules that decide what a schema means, and those that print types and checks, with their quick tests.
 * `npm run test:mutation` runs others, too, for all modules.
 */
const modules = {
  "model/agreement": ["model/agreement"],
  "model/fields": ["model/fields"],
  "model/types": ["model/types", "model/choices", "model/merge", "model/fields"],
  "emit/code": ["emit/code", "emit/types"],
  "emit/validators": ["emit/types", "model/choices", "model/agreement"],
};

test("the tests notice almost every change of how schemas are read and printed", async (context) => {
  const limit = 90;
  const { score, total, survivors } = await testMutants(
    "stryker.model.config.js",
    Object.fromEntries(
      Object.entries(modules).map(([module, tests]) => [
        `scripts/${module}.ts`,
        tests.map((name) => `test/${name}.test.ts`),
      ]),
    ),
  );
  addEvidence(context, {
    what: "Mutants of the model and the emitters that a test notices",
    measured: `${score.toFixed(1)} % of ${total}`,
    limit: `at least ${limit} %`,
  });
  expect(score, survivors.join("\n")).toBeGreaterThanOrEqual(limit);
});
