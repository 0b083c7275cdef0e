import { build } from "esbuild";
import { expect, test } from "vitest";
import { generatorSources } from "../../scripts/toolkit.js";

test("a change of any code that decides about generated files generates them again", async () => {
  const { metafile } = await build({
    entryPoints: ["scripts/load.ts", "scripts/emit/index.ts", "scripts/generate.ts"],
    bundle: true,
    write: false,
    outdir: "unused",
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
  const imported = Object.keys(metafile.inputs).filter((path) => path.startsWith("scripts/"));
  const isListed = (path: string) =>
    generatorSources.some((source) => path === `scripts/${source}` || path.startsWith(`scripts/${source}/`));
  expect(imported.length).toBeGreaterThan(100);
  // How the output is written does not decide about its content.
  expect(imported.filter((path) => !isListed(path) && !path.startsWith("scripts/output/"))).toEqual([]);
});
