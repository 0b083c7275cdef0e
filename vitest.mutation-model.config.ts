import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/** Tests of the model and the emitters as Stryker runs them, in a copy of the repository whose `scripts/` contains the mutants. */
export default defineConfig({
  ...base,
  test: {
    include: ["test/model/**/*.test.ts", "test/emit/**/*.test.ts"],
    // These compile, start other programs, or load the whole specification.
    exclude: [
      "test/model/seed-document.test.ts",
      "test/emit/{api-list,package-files,relations,samples}.test.ts",
      "test/emit/docs/messages.test.ts",
    ],
    setupFiles: ["test/support/short-properties.ts"],
    isolate: false,
    // A mutant that never settles fails soon, and Stryker need not end the process.
    testTimeout: 10_000,
  },
});
