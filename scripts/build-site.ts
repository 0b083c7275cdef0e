import { build } from "esbuild";

/** Bundles the script of the reference. The result is committed, so that generating needs no bundler. */
await build({
  entryPoints: ["templates/docs/script/site.ts"],
  outfile: "templates/docs/site.js",
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  legalComments: "none",
  banner: { js: "// Built from templates/docs/script by `npm run build:site`. Do not edit." },
});
