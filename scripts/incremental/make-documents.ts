import { join } from "node:path";
import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { cardOf } from "../emit/card.js";
import { emitAction } from "../emit/index.js";
import { createTemplates } from "../emit/render.js";
import { readTree } from "../files.js";
import { readActions } from "../load.js";
import type { ActionCard, GeneratedFile } from "../model/api-model.js";
import type { Owned } from "../model/products.js";
import { createDocumentReader } from "../openapi/document.js";
import type { FoundDocument } from "../openapi/find-documents.js";
import { existingFiles } from "../output/existing-files.js";
import type { KnownFile, OutputFile } from "../output/plan.js";
import { stageInto } from "../output/write.js";
import { toolkitFolder } from "../toolkit.js";
import { type DocumentEntry, dependenciesOf } from "./earlier-runs.js";
import { hashOf } from "./hash.js";

/** What documents are made with. */
export interface MakeContext {
  /** The specification folder. */
  readonly spec: string;
  /** The output folder. */
  readonly out: string;
  /** The folder where texts wait to be written; none where none is going to be. */
  readonly staging: string | undefined;
}

/** What a document became. */
export interface MadeDocument {
  readonly actions: readonly Owned<ActionCard>[];
  readonly dependencies: DocumentEntry["dependencies"];
  readonly files: readonly (OutputFile & KnownFile)[];
  readonly faults: readonly Diagnostic[];
}

/**
 * Gets ready to make the files of documents. Each document is held as a whole only while it is made. Faults of the
 * configuration are not told here.
 */
export async function startMaking({
  spec,
  out,
  staging,
}: MakeContext): Promise<(documents: readonly FoundDocument[]) => Promise<MadeDocument[]>> {
  const config = await loadConfig(join(spec, configName), new Diagnostics());
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));
  const diagnostics = new Diagnostics();
  const readDocument = createDocumentReader(spec, diagnostics);

  const existing = existingFiles(out);
  const stage = staging === undefined ? undefined : stageInto(staging);

  /** What is going to be written is written aside at once: that is long work too, and the text need not be held. */
  function setAside({ path, content }: GeneratedFile): OutputFile & KnownFile {
    const hash = hashOf(content);
    if (stage === undefined || existing.hash(path, new Diagnostics()) === hash) return { path, hash };
    const staged = stage(content);
    return staged === undefined ? { path, hash, content } : { path, hash, staged };
  }

  async function make(found: FoundDocument): Promise<MadeDocument> {
    const before = diagnostics.list.length;
    const dependencies = new Set<string>();
    const actions: Owned<ActionCard>[] = [];
    const files: GeneratedFile[] = [];
    for (const { product, action } of await readActions(
      found,
      readDocument,
      config?.brand.retCodes ?? [],
      diagnostics,
      dependencies,
    )) {
      if (config === undefined) break;
      const name = { name: product, title: config.titles.get(product) ?? product };
      try {
        files.push(...(await emitAction(config.brand, name, action, templates)));
      } catch (error) {
        diagnostics.addAll(error);
      }
      actions.push({ product, action: cardOf(config.brand, name, action) });
    }
    return {
      actions,
      files: files.map(setAside),
      dependencies: dependenciesOf(dependencies, spec),
      faults: diagnostics.list.slice(before),
    };
  }

  return async (documents) => {
    const made: MadeDocument[] = [];
    for (const found of documents) made.push(await make(found));
    return made;
  };
}
