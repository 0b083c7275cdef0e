import { execFileSync } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { specFolder, temporaryFolder } from "./spec-folder.js";

/** A Git repository with a specification. */
export interface GitRepository {
  readonly root: string;
  /** Its specification folder, `spec`. */
  readonly spec: string;
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(): void;
}

/** Creates a repository whose specification, a copy of that of the tests, is committed. */
export async function gitRepository(): Promise<GitRepository> {
  const root = await temporaryFolder();
  const spec = join(root, "spec");
  await rename(await specFolder(), spec);
  const { git, commit } = gitIn(root);
  git("init", "--quiet", "--initial-branch=main");
  commit();
  return { root, spec, git, commit };
}

/** Functions that run Git in a folder. */
export function gitIn(root: string): Pick<GitRepository, "git" | "commit"> {
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    });
  const commit = () => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "A change");
  };
  return { git, commit };
}
