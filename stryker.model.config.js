import runtime from "./stryker.config.js";

/** Mutation testing of the model and the emitters, as that of the runtime. */
export default {
  ...runtime,
  mutate: ["scripts/model/**/*.ts", "scripts/emit/**/*.ts"],
  vitest: { configFile: "vitest.mutation-model.config.ts", related: false },
  jsonReporter: { fileName: ".stryker/mutation-model.json" },
  thresholds: { high: 90, low: 90, break: 90 },
};
