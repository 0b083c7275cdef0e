import { isObject, type Path } from "../../openapi/pointer.js";
import { literal, type OverlayFix, segment } from "../../overlay/json-path.js";
import { entriesByName, isSame } from "./hash.js";

/** A key of an object, or an entry of a list that is found by its name. */
type Step = string | { readonly name: string; readonly index: number };

/** A value of a document that another document does not have, or has another value of. */
export interface Difference {
  /** Path in the document, of indices where it has lists. */
  readonly path: Path;
  /** The same path for messages: `parameters › Limit › description`. */
  readonly label: string;
  /** The two values; `undefined` where it does not exist. */
  readonly ours: unknown;
  readonly theirs: unknown;
  /** Overlay actions that change the value of the other document to that of the document. */
  readonly actions: readonly OverlayFix[];
}

/** Values that a document has and another one does not have, in the order of the document, and the reverse. */
export function differences(ours: object, theirs: object): Difference[] {
  return compareValues([], ours, theirs);
}

function compareValues(steps: readonly Step[], ours: unknown, theirs: unknown): Difference[] {
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return keys.flatMap((key) => compareValues([...steps, key], own(ours, key), own(theirs, key)));
  }
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const [named, others] = [entriesByName(ours), entriesByName(theirs)];
    if (named !== undefined && others !== undefined) {
      const names = [...new Set([...named.keys(), ...others.keys()])];
      return names.flatMap((name) => {
        const step = { name, index: ours.indexOf(named.get(name)) };
        return compareValues([...steps, step], named.get(name), others.get(name));
      });
    }
  }
  return isSame(ours, theirs) ? [] : [difference(steps, ours, theirs)];
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function difference(steps: readonly Step[], ours: unknown, theirs: unknown): Difference {
  const isOperation = steps.slice(0, 3).join() === "paths,/,get";
  return {
    path: steps.map((step) => (typeof step === "string" ? step : Math.max(step.index, 0))),
    label: (isOperation && steps.length > 3 ? steps.slice(3) : steps).map(nameOf).join(" › "),
    ours,
    theirs,
    actions: keepingActions(steps, ours, theirs),
  };
}

function keepingActions(steps: readonly Step[], ours: unknown, theirs: unknown): OverlayFix[] {
  const remove = { target: jsonPath(steps), remove: true } as const;
  if (ours === undefined) return [remove];
  const last = steps.at(-1) as Step;
  const update = typeof last === "string" ? { [last]: ours } : ours;
  const add = { target: jsonPath(steps.slice(0, -1)), update };
  // An update merges objects, appends to arrays, and rejects other kinds of values.
  const isReplaced = theirs === undefined || (isPrimitive(ours) && isPrimitive(theirs));
  return isReplaced ? [add] : [remove, add];
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function nameOf(step: Step): string {
  return typeof step === "string" ? step : step.name;
}

function jsonPath(steps: readonly Step[]): string {
  const parts = steps.map((step) =>
    typeof step === "string" ? segment(step) : `[?@.name == ${literal(step.name)}]`,
  );
  return `$${parts.join("")}`;
}
