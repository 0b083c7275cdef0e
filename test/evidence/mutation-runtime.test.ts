import { expect, test } from "vitest";
import { addEvidence } from "../support/evidence.js";
import { testMutants } from "../support/mutants.js";

/**
 * Modules of the runtime that sign, build requests, read responses, hide secrets and retry, with their quick tests.
 * `npm run test:mutation` runs others, too, for all modules.
 */
const modules = {
  credentials: ["credentials"],
  errors: ["errors", "response"],
  parameters: ["parameters", "parameter-names", "checked-parameters"],
  response: ["response", "errors"],
  retry: ["retry"],
  secrets: ["secrets"],
  signature: ["signature"],
};

test("the tests notice almost every change of how requests are signed, built, read and retried", async (context) => {
  const limit = 95;
  const { score, total, survivors } = await testMutants(
    "stryker.config.js",
    Object.fromEntries(
      Object.entries(modules).map(([module, tests]) => [
        `templates/runtime/${module}.ts`,
        tests.map((name) => `test/runtime/${name}.test.ts`),
      ]),
    ),
  );
  addEvidence(context, {
    what: "Mutants of the runtime that a test notices",
    measured: `${score.toFixed(1)} % of ${total}`,
    limit: `at least ${limit} %`,
  });
  expect(score, survivors.join("\n")).toBeGreaterThanOrEqual(limit);
});
