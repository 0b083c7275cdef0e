import { existsSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isBelow } from "../files.js";
import type { AddDiagnostic } from "./checks.js";
import { decodePercent, localTarget, type Path, raw, walk } from "./pointer.js";

/**
 * Checks that references lead to the document itself or to a file in the specification folder, before anything is read:
 * a document is not trusted to make this program read the disk or the network.
 */
export function checkReferences(
  document: unknown,
  file: string,
  specFolder: string,
  addDiagnostic: AddDiagnostic,
): void {
  function report(path: Path, value: unknown, problem: string | undefined): void {
    if (problem === undefined) return;
    const help = "Refer to a value in the document, or to a file in the specification folder.";
    addDiagnostic("reference", path, `${path.at(-1)} is ${JSON.stringify(value)}, ${problem}`, help);
  }

  function problemOf(reference: string): string | undefined {
    const [target = ""] = reference.split("#", 1);
    if (target === "") return undefined;
    const path = resolve(dirname(file), decodePercent(target));
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(target) || !isBelow(specFolder, path))
      return "which is outside the specification folder";
    if (!existsSync(path)) return "and that file does not exist";
    // A symbolic link can lead out of the folder.
    if (isBelow(realpathSync(specFolder), realpathSync(path))) return undefined;
    return "which leads outside the specification folder by a symbolic link";
  }

  walk(document, (item, key, path) => {
    if (key === "discriminator") {
      // Some tools fetch the values of a mapping.
      for (const [name, target] of Object.entries(raw(raw(item).mapping)))
        if (localTarget(target) === undefined)
          report([...path, "mapping", name], target, "which is outside the document");
    }
    const isReference = key === "$ref" && typeof item === "string";
    if (isReference) report(path, item, problemOf(item));
    if (key === "externalValue") report(path, item, "and external values are not read");
    return !isReference && key !== "externalValue";
  });
}
