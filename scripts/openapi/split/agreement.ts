import { isDeepStrictEqual } from "node:util";
import type { AddDiagnostic } from "../checks.js";
import { isObject, localTarget, mapValues, operationPath, type Path, raw, valueAt } from "../pointer.js";
import type { FoundOperation, FoundParameter } from "./operations.js";

/** An operation and its parameters, of query and body. */
export interface ActionOperation {
  readonly found: FoundOperation;
  readonly name: string;
  readonly parameters: readonly FoundParameter[];
}

/** Checks that GET and POST of one action have the same parameters and the same responses. */
export function checkAgreement(
  document: object,
  get: ActionOperation,
  post: ActionOperation,
  addDiagnostic: AddDiagnostic,
): void {
  const contract = contractReader(document);
  const add = (path: Path, problem: string) => {
    const message = `GET and POST of ${get.name} disagree: ${problem}`;
    addDiagnostic("methods-disagree", path, message, "Fix one of them.");
  };
  const [ours = new Map(), theirs = new Map()] = [get, post].map(byName);
  for (const [name, { value, origin }] of ours) {
    const other = theirs.get(name);
    if (other === undefined) add(origin, `${name} is a parameter of the GET only`);
    else if ((value.required ?? false) !== (other.value.required ?? false))
      add(other.origin, `${name} is required in one of them only`);
    else if (!isDeepStrictEqual(contract(value.schema), contract(other.value.schema)))
      add(other.origin, `${name} has two schemas`);
  }
  for (const [name, { origin }] of theirs) {
    if (!ours.has(name)) add(origin, `${name} is a parameter of the POST only`);
  }
  const responses = [get, post].map(({ found }) => contract(found.operation.responses));
  if (!isDeepStrictEqual(responses[0], responses[1]))
    add([...post.found.origin, "responses"], "their responses differ");
}

/**
 * What two documents of one action describe differently: names of parameters, and `the response`. Descriptions, examples and
 * extensions do not matter.
 */
export function differencesOf(document: object, other: object): string[] {
  const [ours, theirs] = [contractOf(document), contractOf(other)];
  const names = new Set([...ours.parameters.keys(), ...theirs.parameters.keys()]);
  const differ = (name: string) => !isDeepStrictEqual(ours.parameters.get(name), theirs.parameters.get(name));
  const isSameResponse = isDeepStrictEqual(ours.responses, theirs.responses);
  return [...[...names].filter(differ), ...(isSameResponse ? [] : ["the response"])];
}

function contractOf(document: object) {
  const contract = contractReader(document);
  const { parameters = [], responses } = raw(valueAt(document, operationPath));
  const named = [parameters].flat().map((parameter): [string, object] => {
    const { name, required = false, schema } = raw(contract(parameter));
    return [String(name), { required, schema }];
  });
  return { parameters: new Map(named), responses: contract(responses) };
}

function byName({ parameters }: ActionOperation): Map<unknown, FoundParameter> {
  const named = parameters.map((one) => [one.value.name, one] as const);
  return new Map(named.filter(([name]) => name !== "Action"));
}

/** Keywords without a meaning for calls. */
const annotations = /^(?:x-.*|description|title|summary|examples?|deprecated|externalDocs|xml|\$comment)$/;

/** Creates a function that removes annotations from a schema or a response, and follows its references. */
function contractReader(document: object): (value: unknown) => unknown {
  const known = new Map<string, unknown>();

  function contract(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(contract);
    if (!isObject(value)) return value;
    const entries = Object.entries(value)
      .filter(([key]) => !annotations.test(key))
      .map(([key, item]) => [key, key === "properties" ? properties(item) : sorted(key, contract(item))]);
    const { $ref: reference, allOf, ...rest } = Object.fromEntries(entries);
    const all = [reference === undefined ? [] : target(reference), allOf ?? []].flat();
    const parts = all.filter((part) => !isDeepStrictEqual(part, {}));
    if (parts.length === 1 && Object.keys(rest).length === 0) return parts[0];
    return parts.length === 0 ? rest : { ...rest, allOf: parts };
  }

  /** A property may be called `description` too. */
  function properties(item: unknown): unknown {
    return mapValues(raw(item), contract);
  }

  function target(reference: unknown): unknown {
    const path = localTarget(reference);
    if (path === undefined) return reference;
    const key = path.join("/");
    if (!known.has(key)) {
      // Stops at a schema that contains itself.
      known.set(key, { $ref: key });
      known.set(key, contract(valueAt(document, path)));
    }
    return known.get(key);
  }

  return contract;
}

/** The order of required properties has no meaning. */
function sorted(key: string, value: unknown): unknown {
  return key === "required" && Array.isArray(value) ? [...value].sort() : value;
}
