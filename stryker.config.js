/**
 * Mutation testing of the runtime: `npm run test:mutation`, or of one file with `-- --mutate templates/runtime/retry.ts`.
 */
export default {
  mutate: ["templates/runtime/**/*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  // Vitest does not check types.
  disableTypeChecks: false,
  concurrency: 2,
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: ".stryker/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  // Percentage of mutants that tests must notice.
  thresholds: { high: 95, low: 95, break: 95 },
  // Of all runs: one that begins looks into every other folder, and those of another run can vanish meanwhile.
  tempDirName: ".stryker-tmp",
  ignorePatterns: [".stryker", ".stryker-tmp"],
};
