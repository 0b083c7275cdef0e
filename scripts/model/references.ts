import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Faults } from "../diagnostic.js";
import { pointerPath, type YamlSource } from "./yaml-source.js";

/**
 * Checks where the references of a document lead: to a place in it, or to a file in the specification folder,
 * and nowhere else. A document is not trusted to make this program read the disk or the network.
 */
export function checkReferences(
  { file, value, lineOf }: YamlSource,
  specFolder: string,
  faults: Faults,
): void {
  function visit(node: unknown, path: readonly (string | number)[]): void {
    if (typeof node !== "object" || node === null) return;
    for (const [key, item] of Object.entries(node)) {
      const place = [...path, Array.isArray(node) ? Number(key) : key];
      const problem = key === "$ref" && typeof item === "string" ? problemOf(item) : undefined;
      if (problem === undefined) visit(item, place);
      else {
        const help = "A reference leads to a place in the document or to a file in the specification folder.";
        const message = `$ref is ${JSON.stringify(item)}, ${problem}`;
        faults.add({ code: "reference", file, line: lineOf(place), message, help });
      }
    }
  }

  function problemOf(reference: string): string | undefined {
    const [target = "", pointer = ""] = reference.split("#", 2);
    if (target === "") return hasPlace(value, pointer) ? undefined : "and the document has no such place";
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(target)) return "which leads out of the specification folder";
    const path = resolve(dirname(file), target);
    if (!isBelow(specFolder, path)) return "which leads out of the specification folder";
    return existsSync(path) ? undefined : "and there is no such file";
  }

  visit(value, []);
}

/** Whether a path lies in a folder. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && way !== resolve(way);
}

function hasPlace(value: unknown, pointer: string): boolean {
  let node = value;
  for (const key of pointerPath(pointer)) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return false;
    node = (node as Record<string | number, unknown>)[key];
  }
  return true;
}
