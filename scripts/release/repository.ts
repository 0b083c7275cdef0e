import semver from "semver";
import { InputError } from "../diagnostic.js";
import { displayPath, fileProblem } from "../files.js";
import { GitError, isShallow, openGit, type Repository } from "../git.js";
import { isProductName } from "../model/names.js";
import { pathInRepository } from "../output/repository-path.js";

/** Git tag of a released version. */
export interface ReleaseTag {
  readonly version: string;
  /** Git's hash of the commit. */
  readonly commit: string;
  /** Whether the current commit contains that commit. */
  readonly isMerged: boolean;
}

/**
 * Opens the repository of a specification folder. Its `git` throws InputError.
 *
 * @throws InputError if Git cannot read it, if it is in no repository with commits, or if the repository lacks a part of its
 *   history.
 */
export async function openRepository(spec: string): Promise<Repository> {
  const problem = (message: string, help: string): InputError =>
    new InputError([fileProblem("release-repository", spec, message, help)]);
  if (pathInRepository(spec) === undefined)
    throw problem(
      "is in no Git repository, which has the last releases as tags",
      "Run `git init`, and commit.",
    );
  const unreadable = (error: unknown): never => {
    if (!(error instanceof GitError)) throw error;
    throw problem(`is in a Git repository that cannot be read: ${error.message}`, "Make Git work there.");
  };
  const { root, git } = await openGit(spec).catch(unreadable);
  const repository: Repository = { root, git: (...args) => git(...args).catch(unreadable) };
  const head = await git("rev-parse", "--verify", "--quiet", "HEAD").catch(() => "");
  if (head === "") throw problem("is in a Git repository without commits", "Commit it first.");
  if (await isShallow(repository))
    throw problem(
      "is in a Git repository that was cloned without its history, so the last releases are unknown",
      "Run `git fetch --unshallow --tags`; in CI, check out with depth 0.",
    );
  return repository;
}

/**
 * Reports files that differ from the last commit, new ones included, unless they are below one of the paths.
 *
 * @throws InputError with each of the first files.
 */
export async function checkClean({ git }: Repository, except: readonly string[] = []): Promise<void> {
  const excluded = except.map((path) => `:(exclude,top,literal)${path}`);
  // Without renames, each entry is one path.
  const options = ["--porcelain", "--no-renames", "--untracked-files=all", "-z"];
  const output = await git("status", ...options, "--", ".", ...excluded);
  const files = output.split("\0").flatMap((line) => (line === "" ? [] : [line.slice(3)]));
  if (files.length === 0) return;
  const shown = files.slice(0, 10).join(", ");
  const more = files.length > 10 ? ` and ${files.length - 10} more` : "";
  const message = `has changes that are not committed: ${shown}${more}`;
  const help = "Commit them, or set them aside with `git stash --include-untracked`. Nothing was changed.";
  throw new InputError([{ code: "release-dirty", file: displayPath("."), line: 0, message, help }]);
}

/**
 * The releases of each package, by the tags `@scope/name@version`.
 *
 * @returns tags by name of the package's folder, the highest version first.
 */
export async function releaseTags({ git }: Repository, scope: string): Promise<Map<string, ReleaseTag[]>> {
  const list = async (...options: readonly string[]) =>
    (await git("for-each-ref", ...options, `refs/tags/${scope}/`)).split("\n").filter(Boolean);
  const merged = new Set(await list("--merged=HEAD", "--format=%(refname:strip=2)"));
  const tags = new Map<string, ReleaseTag[]>();
  for (const line of await list("--format=%(refname:strip=2) %(objectname) %(*objectname)")) {
    const [tag = "", object = "", commit = ""] = line.split(" ");
    const at = tag.lastIndexOf("@");
    const [name, version] = [tag.slice(scope.length + 1, at), tag.slice(at + 1)];
    if (semver.valid(version) !== version || !(name === "core" || isProductName(name))) continue;
    const one = { version, commit: commit || object, isMerged: merged.has(tag) };
    tags.set(name, [...(tags.get(name) ?? []), one]);
  }
  for (const own of tags.values()) own.sort((a, b) => semver.rcompare(a.version, b.version));
  return tags;
}

/** Git's hashes of the files below a folder of a commit, by path relative to the folder. */
export async function filesOfCommit(
  { git }: Repository,
  commit: string,
  folder: string,
): Promise<Map<string, string>> {
  const output = await git("ls-tree", "-r", "-z", "--full-tree", commit, "--", `${folder}/`);
  const entries = output.split("\0").filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [facts = "", path = ""] = entry.split("\t");
      return [path.slice(folder.length + 1), facts.split(" ")[2] ?? ""] as const;
    }),
  );
}
