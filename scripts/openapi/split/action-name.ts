import type { AddDiagnostic } from "../checks.js";
import { followReferences, type Path, type Raw, raw } from "../pointer.js";
import type { FoundOperation, FoundParameter } from "./operations.js";

/**
 * Finds the name of an operation's action: in its parameter `Action`, else in its path, else its operationId.
 *
 * @returns `undefined` if there is none, which is reported.
 */
export function findActionName(
  document: object,
  { operation, path, origin }: FoundOperation,
  parameters: readonly FoundParameter[],
  addDiagnostic: AddDiagnostic,
): string | undefined {
  const declared = declaredName(document, parameters);
  const fromPath = nameInPath(path);
  const name = declared?.name ?? fromPath?.name ?? operation.operationId;
  const at = declared?.origin ?? origin;
  if (typeof name !== "string" || name === "") {
    const message = `the action has no name${name === undefined ? "" : `: found ${JSON.stringify(name)}`}`;
    const help =
      "Add a required parameter Action with the action's name as `const`, or write the path as /<Action>.";
    addDiagnostic("action-name", at, message, help);
    return undefined;
  }
  const shown = JSON.stringify(name);
  if (fromPath?.isSent && fromPath.name !== name) {
    const message = `the path names the action ${JSON.stringify(fromPath.name)}, but its parameter Action is ${shown}`;
    addDiagnostic("action-name", at, message, "Use one name in both.");
  }
  if (declared?.choices !== undefined && !declared.choices.includes(name)) {
    const message = `the action ${shown} is not a value of its parameter Action`;
    addDiagnostic("action-name", at, message, "Make the action's name its `const`.");
  }
  return name;
}

interface DeclaredName {
  /** `undefined` if the parameter allows several names, or any. */
  readonly name: unknown;
  readonly choices: readonly unknown[] | undefined;
  readonly origin: Path;
}

function declaredName(document: object, parameters: readonly FoundParameter[]): DeclaredName | undefined {
  const found = parameters.find(({ value }) => isAction(document, value));
  if (found === undefined) return undefined;
  const parameter = followReferences(document, found.value, found.origin);
  const schema = raw(followReferences(document, raw(parameter.value).schema, []).value);
  const choices = Array.isArray(schema.enum) ? schema.enum : undefined;
  const name = schema.const ?? (choices?.length === 1 ? choices[0] : undefined);
  return { name, choices, origin: found.origin };
}

/** Whether a parameter, or the one that it refers to, is called `Action`. */
function isAction(document: object, parameter: Raw): boolean {
  return raw(followReferences(document, parameter, []).value).name === "Action";
}

/** `isSent`: whether a client would send the name in the path to the gateway, so that it must be right. */
function nameInPath(path: string): { name: string; isSent: boolean } | undefined {
  const [, marked] = /^\/[?#]Action=([^?#&]+)$/.exec(path) ?? [];
  if (marked !== undefined) return { name: marked, isSent: true };
  const [, name] = /^\/([^/?#{}]+)$/.exec(path) ?? [];
  return name === undefined ? undefined : { name, isSent: false };
}

/**
 * The parameters with an `Action` whose schema has the name as `const`, as the document of one action requires.
 *
 * @param origin path of the operation, for an `Action` that it does not have.
 */
export function withActionParameter(
  document: object,
  parameters: readonly FoundParameter[],
  name: string,
  origin: Path,
): FoundParameter[] {
  const at = parameters.findIndex(({ value }) => isAction(document, value));
  const found = parameters[at];
  if (found === undefined) {
    const value = { name: "Action", in: "query", required: true, schema: { type: "string", const: name } };
    return [{ value, origin, isProperty: false }, ...parameters];
  }
  const parameter = followReferences(document, found.value, found.origin);
  const schema = raw(raw(parameter.value).schema);
  if (schema.const !== undefined || (Array.isArray(schema.enum) && schema.enum.length === 1))
    return [...parameters];
  const { $ref: _, enum: __, ...rest } = { ...raw(followReferences(document, schema, []).value) };
  const value = { ...raw(parameter.value), schema: { ...rest, const: name } };
  const own = { ...found, value, origin: found.isProperty ? found.origin : parameter.path };
  return parameters.map((one, index) => (index === at ? own : one));
}
