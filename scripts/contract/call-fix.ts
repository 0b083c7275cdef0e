import type { Action } from "../model/api-model.js";
import { operationPath, type Raw } from "../openapi/pointer.js";
import { type DocumentFix, helperNames, jsonPath } from "./document-fix.js";
import { parameterPath, sourceOf } from "./document-schema.js";

/** Adds a parameter to the call. */
export function withParameter(action: Action, name: string, schema: Raw): DocumentFix {
  const isNested = schema.type === "array" || schema.type === "object";
  const style = isNested ? { "x-actiongen-style": "indexed" } : {};
  const update = { name, in: "query", required: false, schema, ...style };
  return {
    source: action.source,
    overlay: [{ target: jsonPath(action, [...operationPath, "parameters"]), update }],
  };
}

/** Changes properties of a parameter of the call: its name, or whether it is required. */
export function withParameterOf(action: Action, name: string, update: Raw): DocumentFix {
  const path = parameterPath(action, name);
  if (path === undefined) return { source: action.source, overlay: [] };
  const renamed = typeof update.name === "string" ? update.name : name;
  return {
    source: sourceOf(action, path),
    overlay: [
      { target: jsonPath(action, path), update },
      ...(renamed === name ? [] : helperNames(action, ["offset", "limit"], name, renamed)),
    ],
  };
}

/** Adds a RetCode to those of the action. The texts are for the person who adds it. */
export function withRetCode(action: Action, code: number): DocumentFix {
  const entry = {
    code,
    name: `RetCode${code}`,
    meaning: "Describe what happened.",
    remedy: "Describe what to do.",
    retry: "never",
  };
  const update = { "x-actiongen-retcodes": [[entry]] };
  return {
    source: action.source,
    overlay: code > 0 ? [{ target: jsonPath(action, operationPath), update }] : [],
  };
}
