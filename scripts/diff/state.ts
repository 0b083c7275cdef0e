import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { configName } from "../config-name.js";
import { InputError } from "../diagnostic.js";
import { fileProblem, readSource, toSlashes } from "../files.js";
import { type LoadedModel, load } from "../load.js";
import { pathInRepository } from "../output/repository-path.js";

const run = promisify(execFile);

/** State of a specification that is compared with another one. */
export interface State {
  /** Name that the user gave it. */
  readonly label: string;
  /** Folder with its files, which pages and overlays are read from. */
  readonly folder: string;
  readonly model: LoadedModel;
}

/**
 * Reads a state: a specification folder, one OpenAPI document, or a Git revision of the specification.
 *
 * @param name path or revision.
 * @param spec the specification folder: a revision has it, and a document belongs to its configuration.
 * @param use called with the state; the files of a revision are removed afterwards.
 * @throws InputError if it cannot be read.
 */
export async function withState<Result>(
  name: string,
  spec: string,
  use: (state: State) => Promise<Result>,
): Promise<Result> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return await use({ label: name, folder: name, model: await load(name) });
  if (found !== undefined)
    return await use({ label: name, folder: spec, model: await loadDocument(name, spec) });
  const temporary = await mkdtemp(join(tmpdir(), "actiongen-"));
  try {
    const folder = await checkOut(name, spec, temporary);
    return await use({ label: name, folder, model: await load(folder) });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Loads one document of the specification folder that it is in, otherwise with the configuration of another one. */
async function loadDocument(file: string, spec: string): Promise<LoadedModel> {
  const own = specificationOf(resolve(file));
  const path = own === undefined ? basename(file) : toSlashes(relative(own, resolve(file)));
  const product = path.includes("/") ? (path.split("/", 1)[0] ?? "") : "";
  const found = [{ source: await readSource(file), path, product }];
  return await load(own ?? spec, { found, isPartial: true });
}

/** The nearest folder around a file that has a configuration. */
function specificationOf(file: string): string | undefined {
  const folder = dirname(file);
  if (existsSync(join(folder, configName))) return folder;
  return folder === file ? undefined : specificationOf(folder);
}

/** Writes the specification folder of a revision to a temporary folder. @returns its path there. */
async function checkOut(revision: string, spec: string, temporary: string): Promise<string> {
  const path = pathInRepository(spec);
  if (path === undefined)
    throw problem(revision, "is no folder or document, and the specification is in no Git repository");
  const git = async (...args: string[]) => (await run("git", ["-C", spec, ...args])).stdout.trim();
  // A name that begins with a hyphen would be an option.
  const commit = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ).catch(() => "");
  if (commit === "") throw problem(revision, "is no folder, document or Git revision");
  const root = await git("rev-parse", "--show-toplevel");
  const archive = join(temporary, "spec.tar");
  try {
    await run("git", [
      "-C",
      root,
      "archive",
      "--format=tar",
      `--output=${archive}`,
      commit,
      "--",
      path || ".",
    ]);
  } catch {
    throw problem(revision, `has no folder ${path}`);
  }
  await run("tar", ["-xf", archive, "-C", temporary]);
  return join(temporary, path);
}

function problem(name: string, message: string): InputError {
  const help = "Use a specification folder, an OpenAPI document, or a revision such as HEAD~1 or v1.2.0.";
  return new InputError([fileProblem("diff-state", name, message, help)]);
}
