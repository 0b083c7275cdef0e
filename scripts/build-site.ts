import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build } from "esbuild";

/**
 * Bundles the scripts and the style sheet of the reference. The results are committed, so that generating needs no bundler.
 * With `--check`, nothing is written, and the exit code is 1 if a result is not up to date.
 */
const note = "Built from templates/docs/{script,style} by `npm run build:site`. Do not edit.";
const { outputFiles } = await build({
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
  write: false,
});
for (const { path, text } of outputFiles) {
  if (!process.argv.includes("--check")) await writeFile(path, text);
  else if ((await readFile(path, "utf8")) !== text) {
    console.error(
      `${relative(".", path)} is not up to date. Run \`npm run build:site\`, and \`generate\` after it.`,
    );
    process.exitCode = 1;
  }
}
