import { expect, test } from "vitest";
import { addEvidence } from "../support/evidence.js";
import { testMutants } from "../support/mutants.js";

/** Modules of the runtime that sign, build requests, read responses, hide secrets and retry. */
const modules = ["credentials", "errors", "parameters", "response", "retry", "secrets", "signature"];

/** Quick tests of these modules. `npm run test:mutation` runs others, too, for all modules. */
const tests = [
  ...["checked-parameters", "credentials", "errors", "parameter-names", "parameters"],
  ...["response", "retry", "secrets", "signature"],
];

test("the tests notice almost every change of how requests are signed, built, read and retried", async (context) => {
  const limit = 95;
  const { score, total, survivors } = await testMutants(
    "stryker.config.js",
    modules.map((name) => `templates/runtime/${name}.ts`),
    tests.map((name) => `test/runtime/${name}.test.ts`),
  );
  addEvidence(context, {
    what: "Mutants of the runtime that a test notices",
    measured: `${score.toFixed(1)} % of ${total}`,
    limit: `at least ${limit} %`,
  });
  expect(score, survivors.join("\n")).toBeGreaterThanOrEqual(limit);
});
