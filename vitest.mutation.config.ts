import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Tests of the runtime as Stryker runs them, in a copy of the repository whose `templates/runtime/` contains the mutants. */
export default defineConfig({
  ...base,
  resolve: {
    ...base.resolve,
    // Generated packages import the original, through links in node_modules/ that lead out of the copy.
    alias: [
      { find: /^@dezai\/core$/, replacement: path("templates/runtime/index.ts") },
      { find: /^@dezai\/core\/(.+)$/, replacement: path("templates/runtime/$1.ts") },
      { find: /^@dezai\/umem$/, replacement: path("generated/packages/umem/src/index.ts") },
      { find: /^@dezai\/umem\/(.+)$/, replacement: path("generated/packages/umem/src/$1.ts") },
    ],
  },
  test: {
    include: ["test/client/**/*.test.ts", "test/runtime/**/*.test.ts"],
    // Each of these takes seconds, once for every mutant that it covers. Or it compiles, or starts another program.
    exclude: [
      "test/client/{action-call,docs-url,left-behind,telemetry}.test.ts",
      "test/runtime/python.test.ts",
      "test/runtime/node/download-integrity.test.ts",
      // Threads have no home directory of their own.
      "test/runtime/node/profile-home.test.ts",
      "test/runtime/validation/{generated-validator,model-agreement}.test.ts",
    ],
    setupFiles: ["test/support/short-properties.ts"],
    isolate: false,
    // A mutant that never settles fails soon, and Stryker need not end the process.
    testTimeout: 10_000,
  },
});
