import { defineConfig } from "vitest/config";

// Tests use the sources of the generated packages, not their builds.
const conditions = ["@actiongen/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // `npm run test:platforms` runs these, which install other runtimes and compilers.
    exclude: ["test/platforms/**", "**/node_modules/**"],
    testTimeout: 60_000,
    // The default leaves one core unused, which is half of a small machine.
    maxWorkers: "100%",
  },
});
