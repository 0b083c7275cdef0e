import { execFile } from "node:child_process";
import { promisify } from "node:util";
import semver from "semver";
import { type Diagnostic, InputError } from "../diagnostic.js";
import { displayPath, fileProblem } from "../files.js";
import { pathInRepository } from "../output/repository-path.js";

const run = promisify(execFile);

/** The Git repository of a specification folder. */
export interface Repository {
  /** Path of the repository's root folder. */
  readonly root: string;
  /** Runs Git in the root folder. @returns its output without white space at the end. */
  git(...args: readonly string[]): Promise<string>;
}

/** Git tag of a released version. */
export interface ReleaseTag {
  readonly version: string;
  /** Git's hash of the commit. */
  readonly commit: string;
}

/**
 * Opens the repository of a specification folder.
 *
 * @throws InputError if it is in no repository with commits, or if the repository lacks a part of its history.
 */
export async function openRepository(spec: string): Promise<Repository> {
  const problem = (message: string, help: string): Diagnostic =>
    fileProblem("release-repository", spec, message, help);
  if (pathInRepository(spec) === undefined)
    throw new InputError([
      problem("is in no Git repository, which has the last releases as tags", "Run `git init`, and commit."),
    ]);
  const gitIn =
    (folder: string) =>
    async (...args: readonly string[]) =>
      (await run("git", ["-C", folder, ...args], { maxBuffer: 2 ** 30 })).stdout.trimEnd();
  const root = await gitIn(spec)("rev-parse", "--show-toplevel");
  const git = gitIn(root);
  const head = await git("rev-parse", "--verify", "--quiet", "HEAD").catch(() => "");
  if (head === "")
    throw new InputError([problem("is in a Git repository without commits", "Commit it first.")]);
  if ((await git("rev-parse", "--is-shallow-repository")) === "true") {
    const message =
      "is in a Git repository that was cloned without its history, so the last releases are unknown";
    throw new InputError([
      problem(message, "Run `git fetch --unshallow --tags`; in CI, check out with depth 0."),
    ]);
  }
  return { root, git };
}

/**
 * Reports files that differ from the last commit, new ones included, unless they are below one of the paths.
 *
 * @throws InputError with each of the first files.
 */
export async function checkClean({ git }: Repository, except: readonly string[] = []): Promise<void> {
  const excluded = except.map((path) => `:(exclude,top,literal)${path}`);
  const output = await git("status", "--porcelain", "--untracked-files=all", "-z", "--", ".", ...excluded);
  const files = output.split("\0").flatMap((line) => (line === "" ? [] : [line.slice(3)]));
  if (files.length === 0) return;
  const shown = files.slice(0, 10).join(", ");
  const more = files.length > 10 ? ` and ${files.length - 10} more` : "";
  const message = `has changes that are not committed: ${shown}${more}`;
  const help = "Commit them, or set them aside with `git stash --include-untracked`. Nothing was changed.";
  throw new InputError([{ code: "release-dirty", file: displayPath("."), line: 0, message, help }]);
}

/**
 * The releases of each package that the current commit contains, by the tags `@scope/name@version`.
 *
 * @returns tags by name of the package's folder, the highest version first.
 */
export async function releaseTags({ git }: Repository, scope: string): Promise<Map<string, ReleaseTag[]>> {
  const output = await git(
    "for-each-ref",
    "--merged=HEAD",
    "--format=%(refname:strip=2) %(objectname) %(*objectname)",
    `refs/tags/${scope}/`,
  );
  const tags = new Map<string, ReleaseTag[]>();
  for (const line of output.split("\n").filter(Boolean)) {
    const [tag = "", object = "", commit = ""] = line.split(" ");
    const at = tag.lastIndexOf("@");
    const [name, version] = [tag.slice(scope.length + 1, at), tag.slice(at + 1)];
    if (semver.valid(version) !== version) continue;
    tags.set(name, [...(tags.get(name) ?? []), { version, commit: commit || object }]);
  }
  for (const list of tags.values()) list.sort((a, b) => semver.rcompare(a.version, b.version));
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
