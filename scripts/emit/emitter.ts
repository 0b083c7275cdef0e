import type { ApiModel, GeneratedFile } from "../model/api-model.js";
import type { Templates } from "./render.js";

/** Turns the model into files. Pure: the same model and templates give the same files. */
export type Emitter = (api: ApiModel, templates: Templates) => GeneratedFile[] | Promise<GeneratedFile[]>;
