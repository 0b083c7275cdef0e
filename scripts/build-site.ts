import { build } from "esbuild";

/** Bundles the script and the style sheet of the reference. The results are committed, so that generating needs no bundler. */
const note = "Built from templates/docs/{script,style} by `npm run build:site`. Do not edit.";
await build({
  entryPoints: [
    ...["site", "action", "errors", "search", "signing"].map(
      (name) => `templates/docs/script/entries/${name}.ts`,
    ),
    "templates/docs/style/style.css",
  ],
  outdir: "templates/docs/built",
  entryNames: "[name]",
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  legalComments: "none",
  banner: { js: `// ${note}`, css: `/* ${note} */` },
});
