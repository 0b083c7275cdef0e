import { fileURLToPath } from "node:url";
import { emit } from "./emit/index.js";
import { createTemplates } from "./emit/render.js";
import { readTree } from "./files.js";
import { load } from "./model/load.js";
import { type WriteResult, writeGenerated } from "./writer.js";

/** What a run of the generator reads and writes. */
export interface GenerateOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Folder that the generated files go to. */
  readonly out: string;
  /** Only report what would change. */
  readonly check: boolean;
}

/**
 * The whole way: specification → model → files → disk.
 *
 * @throws InputError with every fault of the input; then nothing was written.
 */
export async function generate({ spec, out, check }: GenerateOptions): Promise<WriteResult> {
  const api = await load(spec);
  const templates = createTemplates(await readTree(templatesFolder));
  const files = await emit(api, templates);
  return await writeGenerated(out, files, { check });
}

const templatesFolder = fileURLToPath(new URL("../templates", import.meta.url));
