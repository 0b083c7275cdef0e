import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { fileProblem } from "../files.js";

/**
 * Creates a folder, and those above it, unless it exists. Node's recursive `mkdir` does the same, but never ends if a file
 * system such as `/proc` says that the folder above is missing, although it exists.
 *
 * @throws an error of the file system.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another program may have created it since.
    if (!isFolder(path)) throw error;
  }
}

/** The problem of a folder that cannot be created, since it, or one above it, is a file; `undefined` if there is none. */
export function folderProblem(path: string): Diagnostic | undefined {
  let nearest = resolve(path);
  while (kindOf(nearest) === "missing" && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (kindOf(nearest) !== "file") return undefined;
  const help = "Move it away, or choose another folder with --out. Nothing was written.";
  return fileProblem("output-conflict", nearest, "is not a folder", help);
}

function isFolder(path: string): boolean {
  return kindOf(path) === "folder";
}

/** What is at a path. Nothing is below a file. */
function kindOf(path: string): "folder" | "file" | "missing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "missing";
  }
}
