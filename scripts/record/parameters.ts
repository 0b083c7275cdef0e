import type { ParameterIssue } from "../../templates/runtime/errors.js";
import { suggestion } from "../../templates/runtime/nearest.js";
import { tryFlatten } from "../../templates/runtime/parameters.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action } from "../model/api-model.js";
import { parameterTypeAt } from "../model/field-facts.js";

/**
 * Every problem of the parameters of a call, without their values: wrong types, required parameters that are missing, and
 * those that are not documented.
 */
export function parameterProblems(params: object, action: Action): readonly ParameterIssue[] {
  const { flat, issues } = tryFlatten(params, operationOf(action));
  const invalid = issues.filter(({ problem }) => !problem.startsWith("is unknown"));
  const names = action.parameters.map(({ name }) => name);
  const undocumented = [...flat.keys()].filter(
    (name) => name !== "Action" && parameterTypeAt(action, name.split(".")) === undefined,
  );
  return [
    ...invalid,
    ...undocumented.map((path) => ({ path, problem: `is not documented${suggestion(path, names)}` })),
  ];
}
