import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Diagnostics } from "../diagnostic.js";
import { localTarget, type Path, valueAt } from "./pointer.js";
import type { YamlSource } from "./yaml.js";

/**
 * Checks where the references of a document lead: to a place in it, or to a file in the specification folder,
 * and nowhere else. A document is not trusted to make this program read the disk or the network.
 */
export function checkReferences(
  { file, value, lineOf }: YamlSource,
  specFolder: string,
  diagnostics: Diagnostics,
): void {
  function visit(node: unknown, path: Path): void {
    if (typeof node !== "object" || node === null) return;
    for (const [key, item] of Object.entries(node)) {
      const place = [...path, Array.isArray(node) ? Number(key) : key];
      if (key === "discriminator") visitMapping(item, place);
      const problem =
        key === "$ref" && typeof item === "string"
          ? problemOf(item)
          : key === "externalValue"
            ? "and values from elsewhere are not read"
            : undefined;
      if (problem === undefined) visit(item, place);
      else report(place, item, problem);
    }
  }

  /** Some tools fetch what a mapping names. */
  function visitMapping(discriminator: unknown, path: Path): void {
    const mapping = (discriminator as { mapping?: unknown } | null)?.mapping ?? {};
    for (const [name, item] of Object.entries(mapping)) {
      const problem =
        localTarget(item) === undefined ? "which leads out of the document" : problemInside(item);
      if (problem !== undefined) report([...path, "mapping", name], item, problem);
    }
  }

  function report(path: Path, value: unknown, problem: string): void {
    const help = "A reference leads to a place in the document or to a file in the specification folder.";
    const message = `${path.at(-1)} is ${JSON.stringify(value)}, ${problem}`;
    diagnostics.add({ code: "reference", file, line: lineOf(path), message, help });
  }

  function problemOf(reference: string): string | undefined {
    if (reference.startsWith("#")) return problemInside(reference);
    const [target = ""] = reference.split("#", 1);
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(target)) return "which leads out of the specification folder";
    const path = resolve(dirname(file), target);
    if (!isBelow(specFolder, path)) return "which leads out of the specification folder";
    return existsSync(path) ? undefined : "and there is no such file";
  }

  function problemInside(reference: string): string | undefined {
    const seen = new Set<string>();
    for (let next: unknown = reference; localTarget(next) !== undefined; ) {
      if (seen.has(next as string)) return "which leads back to itself";
      seen.add(next as string);
      const target = valueAt(value, localTarget(next) ?? []);
      if (target === undefined) return "and the document has no such place";
      next = (target as { $ref?: unknown } | null)?.$ref;
    }
    return undefined;
  }

  visit(value, []);
}

/** Whether a path lies in a folder. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`) && way !== resolve(way);
}
