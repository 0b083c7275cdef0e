import { parseExactly } from "../../templates/runtime/exact-json.js";
import type { Path } from "../openapi/pointer.js";

/** An integer in JSON that a number cannot hold. */
export interface LostDigits {
  readonly path: Path;
  /** The integer as it is written. */
  readonly digits: string;
  /** The number that `JSON.parse` makes of it. */
  readonly rounded: number;
}

interface Node {
  readonly parent: Node | undefined;
  readonly key: string | number;
  readonly exact: unknown;
  readonly rounded: unknown;
}

/**
 * Finds the integers of JSON that are beyond 2^53, and lose digits in clients that parse them as numbers.
 *
 * @returns the first 100.
 * @throws SyntaxError if the string is not JSON.
 */
export function lostDigits(json: string): LostDigits[] {
  const found: LostDigits[] = [];
  const exact = parseExactly(json, "string");
  // Not recursive, since the value can be nested deeper than the stack.
  const nodes: Node[] = [{ parent: undefined, key: "", exact, rounded: JSON.parse(json) }];
  for (const node of nodes) {
    const { exact, rounded } = node;
    if (typeof exact === "string" && typeof rounded === "number") {
      found.push({ path: pathOf(node), digits: exact, rounded });
      if (found.length === 100) break;
    }
    if (typeof exact !== "object" || exact === null) continue;
    for (const [name, item] of Object.entries(exact)) {
      const key = Array.isArray(exact) ? Number(name) : name;
      nodes.push({ parent: node, key, exact: item, rounded: (rounded as Record<string, unknown>)[name] });
    }
  }
  return found;
}

function pathOf(node: Node): Path {
  const path: (string | number)[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}
