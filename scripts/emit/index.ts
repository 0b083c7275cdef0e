import type { ApiModel, GeneratedFile } from "../model/api-model.js";
import { emitClients } from "./client.js";
import { emitCore } from "./core.js";
import type { Emitter } from "./emitter.js";
import { emitReference } from "./reference.js";
import type { Templates } from "./render.js";
import { emitSchemaTypes } from "./schema-types.js";

const emitters: readonly Emitter[] = [emitCore, emitClients, emitSchemaTypes, emitReference];

/** Runs every emitter. */
export async function emit(api: ApiModel, templates: Templates): Promise<GeneratedFile[]> {
  return (await Promise.all(emitters.map((emitter) => emitter(api, templates)))).flat();
}
