import { type AddDiagnostic, type Raw, raw } from "../checks.js";
import { followReferences } from "../pointer.js";
import type { FoundOperation, PlacedValue } from "./operations.js";

/**
 * Finds the name of an operation's action: what its parameter `Action` says, else its path, else its operationId.
 * Faults go to `addDiagnostic`; then the result is `undefined`.
 */
export function findActionName(
  document: object,
  { operation, path, place }: FoundOperation,
  parameters: readonly PlacedValue[],
  addDiagnostic: AddDiagnostic,
): string | undefined {
  const declared = declaredName(document, parameters);
  const fromPath = nameInPath(path);
  const name = declared?.name ?? fromPath?.name ?? operation.operationId;
  if (typeof name !== "string" || name === "") {
    const seen = name === undefined ? "" : `: what stands for it is ${JSON.stringify(name)}`;
    const help =
      "Add a required parameter Action with the action's name as `const`, or write the path as /<Action>.";
    addDiagnostic("action-name", declared?.place ?? place, `no action's name can be found${seen}`, help);
    return undefined;
  }
  const shown = JSON.stringify(name);
  if (fromPath?.isSent && fromPath.name !== name) {
    const message = `the path says that the action is ${JSON.stringify(fromPath.name)}, but its parameter Action says ${shown}`;
    addDiagnostic("action-name", declared?.place ?? place, message, "Give both the same name.");
  }
  if (declared?.choices !== undefined && !declared.choices.includes(name)) {
    const message = `the action ${shown} is none of the values of its parameter Action`;
    addDiagnostic("action-name", declared.place, message, "Make the action's name its `const`.");
  }
  return name;
}

interface Declared {
  /** `undefined` where the parameter leaves it open. */
  readonly name: unknown;
  readonly choices: readonly unknown[] | undefined;
  readonly place: PlacedValue["origin"];
}

function declaredName(document: object, parameters: readonly PlacedValue[]): Declared | undefined {
  const placed = parameters.find(({ value }) => isAction(document, value));
  if (placed === undefined) return undefined;
  const parameter = followReferences(document, placed.value, placed.origin);
  const schema = raw(followReferences(document, raw(parameter.value).schema, []).value);
  const choices = Array.isArray(schema.enum) ? schema.enum : undefined;
  return {
    name: schema.const ?? (choices?.length === 1 ? choices[0] : undefined),
    choices,
    place: placed.origin,
  };
}

/** Whether a parameter, or the one that it refers to, is called `Action`. */
function isAction(document: object, parameter: Raw): boolean {
  return raw(followReferences(document, parameter, []).value).name === "Action";
}

/** `isSent` where the name in the path would reach the gateway, so that it must not be another. */
function nameInPath(path: string): { name: string; isSent: boolean } | undefined {
  const [, marked] = /^\/[?#]Action=([^?#&]+)$/.exec(path) ?? [];
  if (marked !== undefined) return { name: marked, isSent: true };
  const [, name] = /^\/([^/?#{}]+)$/.exec(path) ?? [];
  return name === undefined ? undefined : { name, isSent: false };
}

/**
 * The parameters with an `Action` that says which action it is: a tool that reads the one-action form looks
 * nowhere else.
 *
 * @param place where the operation stands, for a parameter that it does not have.
 */
export function withActionParameter(
  document: object,
  parameters: readonly PlacedValue[],
  name: string,
  place: PlacedValue["origin"],
): PlacedValue[] {
  const at = parameters.findIndex(({ value }) => isAction(document, value));
  const placed = parameters[at];
  if (placed === undefined) {
    const schema = { type: "string", const: name };
    return [
      { value: { name: "Action", in: "query", required: true, schema }, origin: place, isProperty: false },
      ...parameters,
    ];
  }
  const parameter = followReferences(document, placed.value, placed.origin);
  const schema = raw(raw(parameter.value).schema);
  if (schema.const !== undefined || (Array.isArray(schema.enum) && schema.enum.length === 1))
    return [...parameters];
  const { $ref: _, enum: __, ...rest } = { ...raw(followReferences(document, schema, []).value) };
  const value = { ...raw(parameter.value), schema: { ...rest, const: name } };
  const origin = placed.isProperty ? placed.origin : parameter.path;
  return parameters.map((one, index) => (index === at ? { ...placed, value, origin } : one));
}
