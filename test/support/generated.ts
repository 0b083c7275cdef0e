import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { toSlashes } from "../../scripts/files.js";
import { generate } from "../../scripts/generate.js";
import { manifestName } from "../../scripts/output/manifest.js";

/** Files that `generate` writes for a specification folder, by path. */
export async function generated(spec: string): Promise<Map<string, string>> {
  const out = await mkdtemp(join(tmpdir(), "actiongen-out-"));
  try {
    await generate({ spec, out, check: false });
    const entries = await readdir(out, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    // Output can be larger than any input that is read.
    const files = new Map<string, string>();
    for (const path of paths.sort()) files.set(toSlashes(relative(out, path)), await readFile(path, "utf8"));
    files.delete(manifestName);
    return files;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
