import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** A program with all that it imports, as a browser would get it. */
export interface Bundle {
  readonly text: string;
  /** Bytes, minified. */
  readonly minified: number;
  /** Bytes, minified and compressed. */
  readonly gzip: number;
}

/**
 * Bundles a program as a consumer would: esbuild, minified, an ES module for browsers. Imports are resolved from the
 * folder of the project, and lead to the sources of the generated packages.
 *
 * @param source of an ES module.
 */
export async function bundleProgram(source: string): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL("../../", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    conditions: ["@actiongen/source"],
    write: false,
    logLevel: "error",
  });
  const [{ contents, text }] = outputFiles as [(typeof outputFiles)[0]];
  return { text, minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}
