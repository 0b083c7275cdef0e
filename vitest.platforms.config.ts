import { defineConfig } from "vitest/config";

/** Tests on other platforms than the one that runs them, which they install by exact version into a temporary folder. */
export default defineConfig({
  test: {
    include: ["test/platforms/**/*.test.ts"],
    globalSetup: "test/platforms/setup.ts",
    testTimeout: 120_000,
    fileParallelism: false,
    maxConcurrency: 2,
  },
});
