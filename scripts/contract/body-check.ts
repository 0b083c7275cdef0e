import type { Action, Field } from "../model/api-model.js";
import { factsAt } from "../model/field-facts.js";
import type { Path, Raw } from "../openapi/pointer.js";
import { bodyPathOf, type DocumentFix, type Origin } from "./document-fix.js";
import { bodyPath, type Found, shownKeys } from "./finding.js";
import type { Recording } from "./recording.js";

/** Comparison of a recorded body with the document. */
export interface BodyCheck {
  readonly recording: Recording;
  readonly action: Action;
  readonly body: Raw;
  /** Name of the model that the body is of. */
  readonly model: string;
  readonly fields: readonly Field[];
  readonly origin: Origin;
}

/**
 * Creates a finding about the value at a path of a body.
 *
 * @param message creates the message with the name of the value.
 */
export function found(
  { recording, action, fields }: BodyCheck,
  code: string,
  keys: Path,
  message: (field: string) => string,
  fix?: DocumentFix,
): Found {
  const shown = shownKeys(recording, keys, (path) => factsAt(action, fields, path).isListed);
  // An overlay names the field itself, and none of the keys of maps around it.
  const isShown = shown.at(-1) === keys.at(-1);
  const field = shown.join(".");
  return {
    code,
    path: bodyPath,
    at: bodyPathOf(shown),
    message: message(field),
    fix: isShown ? fix : undefined,
  };
}
