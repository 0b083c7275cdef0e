import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTree } from "../../scripts/files.js";
import { generate } from "../../scripts/generate.js";
import { manifestName } from "../../scripts/output/manifest.js";

/** Files that `generate` writes for a specification folder, by path. */
export async function generated(spec: string): Promise<Map<string, string>> {
  const out = await mkdtemp(join(tmpdir(), "actiongen-out-"));
  try {
    await generate({ spec, out, check: false });
    const files = new Map(await readTree(out));
    files.delete(manifestName);
    return files;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
