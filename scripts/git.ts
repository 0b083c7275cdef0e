import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Git repository. */
export interface Repository {
  /** Path of its root folder. */
  readonly root: string;
  /** Runs Git in the root folder. @returns its output without white space at the end. @throws GitError */
  git(...args: readonly string[]): Promise<string>;
}

/** Failure of Git; the message is a sentence such as `Git is not installed`, or what Git has printed. */
export class GitError extends Error {}

/**
 * Opens the repository that a folder is in.
 *
 * @param environment variables in which Git runs.
 * @throws GitError if Git is not installed, or refuses to read the repository.
 */
export async function openGit(folder: string, environment = process.env): Promise<Repository> {
  const root = await runGit(folder, environment, ["rev-parse", "--show-toplevel"]);
  return { root, git: (...args) => runGit(root, environment, args) };
}

/** Whether a repository is a clone that lacks older commits. */
export async function isShallow({ git }: Repository): Promise<boolean> {
  return (await git("rev-parse", "--is-shallow-repository")) === "true";
}

async function runGit(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  try {
    return (await run("git", ["-C", folder, ...args], { env, maxBuffer: 2 ** 30 })).stdout.trimEnd();
  } catch (error) {
    const { code, stderr = "", message } = error as NodeJS.ErrnoException & { stderr?: string };
    throw new GitError(code === "ENOENT" ? "Git is not installed" : stderr.trim() || message.trim());
  }
}
