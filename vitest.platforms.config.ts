import { defineConfig } from "vitest/config";

/** Tests with other runtimes and compilers, which are installed by exact version into a temporary folder. */
export default defineConfig({
  test: {
    include: ["test/platforms/**/*.test.ts"],
    globalSetup: "test/platforms/setup.ts",
    testTimeout: 120_000,
    // Starting a browser or a runtime for the first time takes long on a busy machine.
    hookTimeout: 60_000,
    fileParallelism: false,
    maxConcurrency: 2,
  },
});
