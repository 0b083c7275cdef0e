import type { Path } from "../openapi/pointer.js";
import type { Query } from "./query.js";

/** An overlay file: changes to documents, as OpenAPI Overlay 1.0 writes them. */
export interface Overlay {
  /** The file, relative to where the command runs. */
  readonly file: string;
  /** The one document that it is for, relative to where the command runs; `""` where it is for every document. */
  readonly extends: string;
  /** In the order in which they are carried out. */
  readonly actions: readonly OverlayAction[];
  /** Line of a place in the file. */
  lineOf(path: Path): number;
}

/** One change: what it selects, and what becomes of that. */
export interface OverlayAction {
  /** The file that it stands in, relative to where the command runs. */
  readonly file: string;
  /** Its place in the list of actions, from 1. */
  readonly number: number;
  /** The JSONPath as it was written, and compiled. */
  readonly target: string;
  readonly query: Query;
  /** Whether it removes what it selects; then `update` counts for nothing. */
  readonly isRemoval: boolean;
  readonly update: unknown;
  /** Line of a place below the action in the file; `[]` is the action itself. */
  lineOf(path: Path): number;
}

/** A document that overlays are applied to. */
export interface OverlayTarget {
  /** Where it is, or will be, in the specification folder. */
  readonly path: string;
  /** The document as plain data. */
  readonly value: object;
}

/** An action as faults name it. */
export function nameOf({ number, target }: OverlayAction): string {
  return `action ${number} (${JSON.stringify(target)})`;
}
