import type { AddDiagnostic } from "../checks.js";
import { followReferences, type Path, type Raw, raw } from "../pointer.js";
import type { FoundOperation, FoundParameter } from "./operations.js";

/**
 * Finds the name of an operation's action: in its parameter `Action`, else in its path, else its operationId.
 *
 * @returns `undefined` if it has no name, which is reported.
 */
export function findActionName(
  document: object,
  { operation, path, origin }: FoundOperation,
  parameters: readonly FoundParameter[],
  addDiagnostic: AddDiagnostic,
): string | undefined {
  const declared = parameters.find(isAction);
  const schema = raw(followReferences(document, declared?.value.schema, []).value);
  const fromPath = nameInPath(path);
  const name = constantOf(schema) ?? fromPath?.name ?? operation.operationId;
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
  if (Array.isArray(schema.enum) && !schema.enum.includes(name)) {
    const message = `the action ${shown} is not a value of its parameter Action`;
    addDiagnostic("action-name", at, message, "Make the action's name its `const`.");
  }
  return name;
}

function isAction({ value }: FoundParameter): boolean {
  return value.name === "Action";
}

/** The only value that a schema allows; `undefined` if it allows several, or any. */
function constantOf({ const: constant, enum: values }: Raw): unknown {
  return constant ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
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
  const found = parameters.find(isAction);
  if (found === undefined) {
    const value = { name: "Action", in: "query", required: true, schema: { type: "string", const: name } };
    return [{ listed: value, value, origin, isProperty: false }, ...parameters];
  }
  if (constantOf(raw(found.value.schema)) !== undefined) return [...parameters];
  const { $ref: _, enum: __, ...schema } = raw(followReferences(document, found.value.schema, []).value);
  const value = { ...found.value, schema: { ...schema, const: name } };
  const { path } = followReferences(document, found.listed, found.origin);
  const own = { ...found, listed: value, value, origin: path };
  return parameters.map((one) => (one === found ? own : one));
}
