import type { Action } from "../model/api-model.js";
import { raw } from "../openapi/pointer.js";
import { hashOf } from "../transcribe/existing/hash.js";

/** The document of an action at the time of a recording. */
export interface RecordedDocument {
  /** Relative to the specification folder, with forward slashes. */
  readonly path: string;
  readonly hash: string;
  /** `info.version`. */
  readonly version: string;
}

export function documentOf({ document, documentPath }: Action): RecordedDocument {
  const { version } = raw(document.info);
  return { path: documentPath, hash: hashOf(document), version: typeof version === "string" ? version : "" };
}
