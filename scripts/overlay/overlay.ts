import { displayPath } from "../files.js";
import type { Path } from "../openapi/pointer.js";
import type { Query } from "./query.js";

/** An OpenAPI Overlay 1.0 file: changes to documents. */
export interface Overlay {
  /** The file, relative to the working directory. */
  readonly file: string;
  /** The only document that it applies to, relative to the working directory; `""` if it applies to every document. */
  readonly extends: string;
  /** In the order of execution. */
  readonly actions: readonly OverlayAction[];
  /** Line of a path in the file. */
  lineOf(path: Path): number;
}

/** One change: a selection, and an update or removal of what it selects. */
export interface OverlayAction {
  /** The file that contains it, relative to the working directory. */
  readonly file: string;
  /** Its position in the list of actions, from 1. */
  readonly number: number;
  /** The JSONPath as a string, and compiled. */
  readonly target: string;
  readonly query: Query;
  /** A removal ignores `update`. */
  readonly isRemoval: boolean;
  readonly update: unknown;
  /** Line of a path relative to the action; `[]` is the action itself. */
  lineOf(path: Path): number;
}

/** A document that overlays are applied to. */
export interface OverlayTarget {
  /** Its path in the specification folder. It need not exist yet. */
  readonly path: string;
  /** The document as plain data. */
  readonly value: object;
}

/** Name of an action in diagnostics. */
export function nameOf({ number, target }: Pick<OverlayAction, "number" | "target">): string {
  return `action ${number} (${JSON.stringify(target)})`;
}

/** Whether an overlay applies to a document. */
export function appliesTo(overlay: Overlay, { path }: OverlayTarget): boolean {
  return overlay.extends === "" || overlay.extends === displayPath(path);
}
