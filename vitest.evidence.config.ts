import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/** Tests that measure how robust the tools are; each adds rows to the table that is printed at the end. */
export default defineConfig({
  ...base,
  test: {
    include: ["test/evidence/**/*.test.ts"],
    reporters: ["default", "./test/support/evidence-reporter.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
