import { bodySchema, parameterSchema, schemaAt, sourceOf } from "../contract/document-schema.js";
import type { Action, SourceRef } from "../model/api-model.js";
import type { Found, FoundAt } from "./change.js";

/** Location in both states. */
export interface Sources {
  readonly oldSource: SourceRef | undefined;
  readonly newSource: SourceRef | undefined;
}

/**
 * Locations of a change of an action, or of its parameter or response field at a path. A field that is in one state only has no
 * line in the other; without a line in either, that of the action is used.
 */
export function sourcesOf(
  old: Action | undefined,
  current: Action | undefined,
  { rule, after, path, oldPath = path }: FoundAt,
): Sources {
  const isPair = /^(?:param|resp)-(?:renamed|moved)$/.test(rule);
  const oldSource = old && sourceAt(old, rule, oldPath);
  const newSource = current && sourceAt(current, rule, isPair ? (after ?? path) : path);
  const hasLine = [oldSource, newSource].some((source) => source !== undefined && source.line > 0);
  return hasLine ? { oldSource, newSource } : { oldSource: old?.source, newSource: current?.source };
}

/** Location of a field; without a line if the action does not have it. */
function sourceAt(action: Action, rule: Found["rule"], path: string): SourceRef {
  const [name = "", ...rest] = path.split(".");
  const keys = rest.map((key) => (key === "N" ? 0 : key));
  const outer = rule.startsWith("param-")
    ? parameterSchema(action, name)
    : rule.startsWith("resp-")
      ? schemaAt(action.document, bodySchema(action, action.responseModel), [name])
      : undefined;
  const found = outer && schemaAt(action.document, outer, keys);
  return found === undefined ? { ...action.source, line: 0 } : sourceOf(action, found.path);
}
