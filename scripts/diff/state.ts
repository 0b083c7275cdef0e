import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { configName } from "../config-name.js";
import { Diagnostics, InputError, UsageError } from "../diagnostic.js";
import { fileProblem, isBelow, readSource, toSlashes } from "../files.js";
import { GitError, isShallow, openGit } from "../git.js";
import { type LoadedModel, load } from "../load.js";
import { type FoundDocument, findDocuments } from "../openapi/find-documents.js";
import { pathInRepository } from "../output/repository-path.js";

/** State of a specification whose documents are not loaded yet. */
export interface State {
  /** The specification folder. */
  readonly folder: string;
  readonly found: readonly FoundDocument[];
  /** Whether `found` is not all of the folder. */
  readonly isPartial: boolean;
  /** Name of a file for messages. */
  nameOf(file: string): string;
}

/**
 * Opens two states of a specification: each a folder, one OpenAPI document, or a Git revision of the specification folder. What
 * a revision has is located as Git names it, `HEAD~1:spec/pages/a.md`.
 *
 * @param before path or revision.
 * @param after path or revision.
 * @param spec the specification folder: a revision has it, and a document belongs to its configuration.
 * @param use called with both; the files of revisions are removed afterwards.
 * @throws InputError if one cannot be read; UsageError if one is a document, and the other is none.
 */
export async function withStates<Result>(
  before: string,
  after: string,
  spec: string,
  use: (old: State, current: State) => Promise<Result>,
): Promise<Result> {
  const temporary: string[] = [];
  const newFolder = async (revision: string) => {
    const folder = await mkdtemp(join(tmpdir(), "actiongen-")).catch((error: Error) => {
      const help = "Set TMPDIR to a folder that can be written.";
      throw problem(revision, `cannot be written to a temporary folder: ${error.message}`, help);
    });
    temporary.push(folder);
    return folder;
  };
  try {
    const old = await openState(before, spec, newFolder);
    const current = await openState(after, spec, newFolder);
    if (old.isPartial === current.isPartial) return await use(old, current);
    const [document, other] = old.isPartial ? [before, after] : [after, before];
    throw new UsageError(`error: ${document} is one document, and ${other} is none; compare two documents`);
  } finally {
    for (const folder of temporary) await rm(folder, { recursive: true, force: true });
  }
}

async function openState(
  name: string,
  spec: string,
  newFolder: (revision: string) => Promise<string>,
): Promise<State> {
  const found = await stat(name).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) return await openDocument(name, spec);
  if (found !== undefined) return await openFolder(name, (file) => file);
  const temporary = join(await newFolder(name), "files");
  const nameOf = (file: string) =>
    isBelow(temporary, file) ? `${name}:${toSlashes(relative(temporary, resolve(file)))}` : file;
  return await openFolder(await checkOut(name, spec, temporary), nameOf);
}

async function openFolder(folder: string, nameOf: State["nameOf"]): Promise<State> {
  return await named(nameOf, async () => {
    const diagnostics = new Diagnostics();
    const documents = await findDocuments(folder, diagnostics);
    diagnostics.throwIfAny();
    return { folder, found: documents, isPartial: false, nameOf };
  });
}

/** One document of the specification folder that it is in, otherwise with the configuration of another one. */
async function openDocument(file: string, spec: string): Promise<State> {
  return documentState(await readSource(file), spec);
}

/** The state of one document, which need not be what its file contains now. @param document `undefined` text: there is none. */
export function documentState(
  document: { readonly path: string; readonly text?: string },
  spec: string,
): State {
  const { path: file, text } = document;
  const own = specificationOf(resolve(file));
  const path = own === undefined ? basename(file) : toSlashes(relative(own, resolve(file)));
  const product = path.includes("/") ? (path.split("/", 1)[0] ?? "") : "";
  const found = text === undefined ? [] : [{ source: { path: file, text }, path, product }];
  return { folder: own ?? spec, found, isPartial: true, nameOf: (name) => name };
}

/** Loads some documents of a state, by their paths. @throws InputError with every problem of these documents. */
export async function loadState(
  { folder, found, nameOf }: State,
  needed: ReadonlySet<string>,
): Promise<LoadedModel> {
  const chosen = found.filter(({ path }) => needed.has(path));
  const model = await named(nameOf, () => load(folder, { found: chosen, isPartial: true }));
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

/** Names the files of what is reported. */
async function named<Result>(nameOf: (file: string) => string, read: () => Promise<Result>): Promise<Result> {
  return await read().catch((error) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.diagnostics.map((one) => ({ ...one, file: nameOf(one.file) })));
  });
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
  // The index of the repository stays as it is.
  const env = { ...process.env, GIT_INDEX_FILE: `${temporary}.index` };
  const failed = (what: string) => (error: unknown) => {
    throw error instanceof GitError ? problem(revision, `${what}: ${error.message}`) : error;
  };
  const repository = await openGit(spec, env).catch(
    failed("is no folder or document, and cannot be read as a revision"),
  );
  const { git } = repository;
  // A name that begins with a hyphen would be an option.
  const commit = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ).catch(() => "");
  if (commit === "") {
    const reason = (await isShallow(repository))
      ? ", at least of this clone, which lacks older ones: `git fetch --unshallow`"
      : "";
    throw problem(revision, `is no folder, document or Git revision${reason}`);
  }
  const unreadable = failed("cannot be read by Git");
  const listed = await git("ls-tree", "--full-tree", commit, "--", path || ".").catch(unreadable);
  if (listed === "") throw problem(revision, `has no folder ${path}`);
  const tree = path === "" ? [commit] : [`--prefix=${path}/`, `${commit}:${path}`];
  await git("read-tree", ...tree).catch(unreadable);
  await git("checkout-index", "--all", `--prefix=${temporary}/`).catch(unreadable);
  return join(temporary, path);
}

function problem(
  name: string,
  message: string,
  help = "Use a specification folder, an OpenAPI document, or a revision such as HEAD~1 or v1.2.0.",
): InputError {
  return new InputError([fileProblem("diff-state", name, message, help)]);
}
