import { defineConfig } from "vitest/config";

// Tests use the sources of the generated packages, not their builds.
const conditions = ["@actiongen/source", "node", "import", "default"];

// Tests that replace modules, which a shared worker would keep.
const isolated = ["test/output/write.test.ts", "test/record/save.test.ts"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 60_000,
    // The default leaves one core unused, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          // Each worker imports the compiler and other large modules once.
          isolate: false,
          include: ["test/**/*.test.ts", "examples/vitest/*.test.ts"],
          // `npm run test:platforms` runs those, which install other runtimes and compilers.
          exclude: [
            "test/platforms/**",
            "test/browser/**",
            "test/evidence/**",
            "**/node_modules/**",
            ...isolated,
          ],
        },
      },
      { extends: true, test: { name: "isolated", include: isolated } },
    ],
  },
});
