import { expect, test } from "vitest";
import { addEvidence } from "../support/evidence.js";
import { testMutants } from "../support/mutants.js";

/** Modules that decide what a schema means, and those that print types and checks. */
const modules = [
  ...["agreement", "fields", "types"].map((name) => `model/${name}`),
  ...["code", "validators"].map((name) => `emit/${name}`),
];

/** Quick tests of these modules. `npm run test:mutation` runs others, too, for all modules. */
const tests = [
  ...["agreement", "choices", "fields", "merge", "types"].map((name) => `model/${name}`),
  ...["code", "types"].map((name) => `emit/${name}`),
];

test("the tests notice almost every change of how schemas are read and printed", async (context) => {
  const limit = 90;
  const { score, total, survivors } = await testMutants(
    "stryker.model.config.js",
    modules.map((name) => `scripts/${name}.ts`),
    tests.map((name) => `test/${name}.test.ts`),
  );
  addEvidence(context, {
    what: "Mutants of the model and the emitters that a test notices",
    measured: `${score.toFixed(1)} % of ${total}`,
    limit: `at least ${limit} %`,
  });
  expect(score, survivors.join("\n")).toBeGreaterThanOrEqual(limit);
});
