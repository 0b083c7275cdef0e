import { defineConfig } from "vitest/config";

// Tests run the sources of the generated packages, not their builds.
const conditions = ["@actiongen/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
});
