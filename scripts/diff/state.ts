import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { configName } from "../config-name.js";
import { type Diagnostic, InputError } from "../diagnostic.js";
import { fileProblem, isBelow, readSource, toSlashes } from "../files.js";
import { type LoadedModel, load } from "../load.js";
import { pathInRepository } from "../output/repository-path.js";

const run = promisify(execFile);

/**
 * Reads a state of a specification: a folder, one OpenAPI document, or a Git revision of the specification folder. What a
 * revision has is located as Git names it, `HEAD~1:spec/pages/a.md`.
 *
 * @param name path or revision.
 * @param spec the specification folder: a revision has it, and a document belongs to its configuration.
 * @throws InputError if it cannot be read.
 */
export async function readState(name: string, spec: string): Promise<LoadedModel> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory()) return await load(name);
  if (found !== undefined) return await loadDocument(name, spec);
  const temporary = await mkdtemp(join(tmpdir(), "actiongen-"));
  const nameOf = (file: string) => `${name}:${toSlashes(relative(temporary, resolve(file)))}`;
  try {
    return locatedBy(nameOf, await load(await checkOut(name, spec, temporary)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isInside = ({ file }: Diagnostic) => isBelow(temporary, file);
    throw new InputError(
      error.diagnostics.map((one) => (isInside(one) ? { ...one, file: nameOf(one.file) } : one)),
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The model with other names of files. */
function locatedBy(nameOf: (file: string) => string, model: LoadedModel): LoadedModel {
  return {
    ...model,
    products: model.products.map((product) => ({
      ...product,
      actions: product.actions.map((action) => ({
        ...action,
        source: { ...action.source, file: nameOf(action.source.file) },
      })),
    })),
  };
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
  const root = await git("rev-parse", "--show-toplevel").catch((error: NodeJS.ErrnoException) => {
    const isMissing = error.code === "ENOENT" && existsSync(spec);
    throw problem(
      revision,
      isMissing
        ? "is no folder or document, and cannot be read as a revision, since Git is not installed"
        : `is no folder or document, and Git cannot read the repository: ${error.message.trim().split("\n").at(-1)}`,
    );
  });
  // A name that begins with a hyphen would be an option.
  const commit = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ).catch(() => "");
  if (commit === "") {
    const isShallow = (await git("rev-parse", "--is-shallow-repository")) === "true";
    const reason = isShallow
      ? ", at least of this clone, which lacks older ones: `git fetch --unshallow`"
      : "";
    throw problem(revision, `is no folder, document or Git revision${reason}`);
  }
  const archive = join(temporary, "spec.tar");
  const options = ["--format=tar", `--output=${archive}`, commit, "--", path || "."];
  await run("git", ["-C", root, "archive", ...options]).catch(() => {
    throw problem(revision, `has no folder ${path}`);
  });
  await run("tar", ["-xf", archive, "-C", temporary]);
  return join(temporary, path);
}

function problem(name: string, message: string): InputError {
  const help = "Use a specification folder, an OpenAPI document, or a revision such as HEAD~1 or v1.2.0.";
  return new InputError([fileProblem("diff-state", name, message, help)]);
}
