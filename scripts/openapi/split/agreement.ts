import { isDeepStrictEqual } from "node:util";
import { type AddDiagnostic, type Raw, raw } from "../checks.js";
import { followReferences, type Path } from "../pointer.js";
import type { FoundOperation, PlacedValue } from "./operations.js";

/** An operation and its parameters, whether they stand in the query or in the body. */
export interface ActionOperation {
  readonly found: FoundOperation;
  readonly name: string;
  readonly parameters: readonly PlacedValue[];
}

/** An action that is described as GET and as POST is one action: both must take and answer the same. */
export function checkAgreement(
  document: object,
  get: ActionOperation,
  post: ActionOperation,
  addDiagnostic: AddDiagnostic,
): void {
  const add = (path: Path, problem: string) =>
    addDiagnostic(
      "methods-disagree",
      path,
      `GET and POST of ${get.name} disagree: ${problem}`,
      "Mend one of them.",
    );
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
  const answers = [get, post].map(({ found }) => contract(found.operation.responses));
  if (!isDeepStrictEqual(answers[0], answers[1]))
    add([...post.found.place, "responses"], "their answers differ");
}

function byName(document: object, { parameters }: ActionOperation): Map<string, PlacedValue> {
  const placed = parameters.map((one) => {
    const value: Raw = raw(followReferences(document, one.value, one.origin).value);
    return [String(value.name), { ...one, value }] as const;
  });
  return new Map(placed.filter(([name]) => name !== "Action"));
}

const annotations = ["description", "title", "summary", "example", "examples", "deprecated", "externalDocs"];

/** What of a schema or an answer counts for a call: not what is said for people. */
function contract(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contract);
  if (typeof value !== "object" || value === null) return value;
  const counts = ([key]: [string, unknown]) => !annotations.includes(key) && !key.startsWith("x-");
  return Object.fromEntries(
    Object.entries(value)
      .filter(counts)
      .map(([key, item]) => [key, key === "properties" ? contractOfEach(item) : contract(item)]),
  );
}

/** A property may be called `description` too. */
function contractOfEach(properties: unknown): unknown {
  return Object.fromEntries(
    Object.entries(raw(properties)).map(([name, schema]) => [name, contract(schema)]),
  );
}
