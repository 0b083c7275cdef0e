import { bodySchema, parameterSchema, schemaAt, sourceOf } from "../contract/document-schema.js";
import type { Action, SourceRef } from "../model/api-model.js";
import type { Found } from "./change.js";

/** Location in both states. */
export interface Sources {
  readonly oldSource: SourceRef | undefined;
  readonly newSource: SourceRef | undefined;
}

/** Locations of a change of an action, or of its parameter or response field at a path. */
export function sourcesOf(
  old: Action | undefined,
  current: Action | undefined,
  { rule, before, after }: Found,
  path: string,
): Sources {
  const isPair = /^(?:param|resp)-(?:renamed|moved)$/.test(rule);
  return {
    oldSource: old && sourceAt(old, rule, isPair ? (before ?? path) : path),
    newSource: current && sourceAt(current, rule, isPair ? (after ?? path) : path),
  };
}

/** Location of a field, or of the action if it does not have the field. */
function sourceAt(action: Action, rule: Found["rule"], path: string): SourceRef {
  const [name = "", ...rest] = path.split(".");
  const keys = rest.map((key) => (key === "N" ? 0 : key));
  const outer = rule.startsWith("param-")
    ? parameterSchema(action, name)
    : rule.startsWith("resp-")
      ? schemaAt(action.document, bodySchema(action, action.responseModel), [name])
      : undefined;
  const found = outer && schemaAt(action.document, outer, keys);
  return found === undefined ? action.source : sourceOf(action, found.path);
}
