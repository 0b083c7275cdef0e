import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { toolkitFolder } from "../toolkit.js";

/** A program with everything that it imports. */
export interface Bundle {
  readonly text: string;
  /** Bytes, minified. */
  readonly minified: number;
  /** Bytes, minified and compressed. */
  readonly gzip: number;
}

/**
 * Bundles a program as a consumer would: a minified ES module for browsers. Imports are resolved from the root folder of
 * this repository, and to the sources of the generated packages.
 *
 * @param source source of an ES module.
 */
export async function bundleProgram(source: string): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: toolkitFolder },
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
