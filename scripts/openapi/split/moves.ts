import type { Path } from "../pointer.js";

/** A part of an action's own document, and where it stands in the document that holds many. */
export interface Move {
  readonly own: Path;
  readonly origin: Path;
}

/** Where a place of the action's own document stands in the document that holds many. */
export function originOf(moves: readonly Move[], path: Path): Path {
  const move = longest(moves, path, "own");
  return move === undefined ? path : [...move.origin, ...path.slice(move.own.length)];
}

/** Where a place of the document that holds many stands in the action's own; `undefined` for what is not in it. */
export function ownOf(moves: readonly Move[], path: Path): Path | undefined {
  const move = longest(moves, path, "origin");
  return move === undefined ? undefined : [...move.own, ...path.slice(move.origin.length)];
}

function longest(moves: readonly Move[], path: Path, side: keyof Move): Move | undefined {
  let best: Move | undefined;
  for (const move of moves) {
    const prefix = move[side];
    if (prefix.length > path.length || (best !== undefined && best[side].length >= prefix.length)) continue;
    if (prefix.every((key, index) => String(key) === String(path[index]))) best = move;
  }
  return best;
}
