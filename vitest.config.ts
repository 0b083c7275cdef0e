import { defineConfig } from "vitest/config";

// Tests run the sources of the generated packages, not their builds.
const conditions = ["@actiongen/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // They install other platforms: `npm run test:platforms`.
    exclude: ["test/platforms/**", "**/node_modules/**"],
    testTimeout: 60_000,
  },
});
