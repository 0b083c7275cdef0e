import { join } from "node:path";
import { configName } from "./config-name.js";
import { Diagnostics } from "./diagnostic.js";
import { readIfThere } from "./files.js";
import { openCache } from "./incremental/cache.js";
import { earlierRuns, keysOf } from "./incremental/earlier-runs.js";
import { findDocuments } from "./openapi/find-documents.js";
import { existingFiles } from "./output/existing-files.js";
import type { WriteResult } from "./output/plan.js";
import { openStaging, writeGenerated } from "./output/write.js";
import { noProgress, type Progress } from "./progress.js";
import { cacheFolder, toolkitStamp } from "./toolkit.js";

/** What a run of the generator reads and writes. */
export interface GenerateOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Folder that the generated files go to. */
  readonly out: string;
  /** Only report what would change. */
  readonly check: boolean;
  /** Told after each document. */
  readonly progress?: Progress;
}

/**
 * The whole way: specification → model → files → disk. What an earlier run made of the same input, and what still
 * stands in the output folder, is not made again.
 *
 * @throws InputError with every fault of the input; then nothing was written.
 */
export async function generate({
  spec,
  out,
  check,
  progress = noProgress,
}: GenerateOptions): Promise<WriteResult> {
  const diagnostics = new Diagnostics();
  const documents = await findDocuments(spec, diagnostics);
  const config = await readIfThere(join(spec, configName));
  const existing = existingFiles(out);
  const cache = openCache(cacheFolder, "generate", process.cwd(), spec, out);
  const earlier = earlierRuns(cache, spec, existing);
  const keys = keysOf(toolkitStamp(), config?.text ?? "");

  const known = diagnostics.list.length > 0 ? undefined : earlier.everything(documents, keys);
  const staging = check || known !== undefined ? undefined : openStaging(out);
  try {
    // Loaded where there is something to make: its libraries take longer than all of a run that changes nothing.
    const files =
      known ??
      (await (
        await import("./incremental/rebuild.js")
      ).rebuild({ spec, out, staging, documents, diagnostics, keys, cache, earlier, progress }));
    const result = await writeGenerated(out, files, { check, existing });
    await cache.save();
    return result;
  } finally {
    staging?.remove();
  }
}
