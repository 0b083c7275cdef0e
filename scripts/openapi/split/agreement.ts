import { isDeepStrictEqual } from "node:util";
import type { AddDiagnostic } from "../checks.js";
import { followReferences, localTarget, type Path, raw, valueAt } from "../pointer.js";
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
  const [ours, theirs] = [byName(document, get), byName(document, post)];
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

function byName(document: object, { parameters }: ActionOperation): Map<string, FoundParameter> {
  const resolved = parameters.map((one) => {
    const value = raw(followReferences(document, one.value, one.origin).value);
    return [String(value.name), { ...one, value }] as const;
  });
  return new Map(resolved.filter(([name]) => name !== "Action"));
}

/** Keywords that are for people and for documentation. */
const annotations = /^(?:x-.*|description|title|summary|examples?|deprecated|externalDocs|xml|\$comment)$/;

/** Creates a function that reduces a schema or a response to what matters for a call, with references followed. */
function contractReader(document: object): (value: unknown) => unknown {
  const known = new Map<string, unknown>();

  function contract(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(contract);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value)
      .filter(([key]) => !annotations.test(key))
      .map(([key, item]) => [key, key === "properties" ? contractOfEach(item) : contract(item)] as const);
    const { $ref: reference, allOf, ...rest } = Object.fromEntries(entries);
    const all = [reference === undefined ? [] : target(reference), allOf ?? []].flat();
    const parts = all.filter((part) => !isDeepStrictEqual(part, {}));
    if (parts.length === 1 && Object.keys(rest).length === 0) return parts[0];
    return parts.length === 0 ? rest : { ...rest, allOf: parts };
  }

  /** A property may be called `description` too. */
  function contractOfEach(properties: unknown): unknown {
    return Object.fromEntries(
      Object.entries(raw(properties)).map(([name, schema]) => [name, contract(schema)]),
    );
  }

  function target(reference: unknown): unknown {
    const path = localTarget(reference);
    if (path === undefined) return reference;
    const key = path.join("/");
    if (!known.has(key)) {
      // Until it is known, for a schema that contains itself.
      known.set(key, { $ref: key });
      known.set(key, contract(valueAt(document, path)));
    }
    return known.get(key);
  }

  return contract;
}
