import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generate } from "../../scripts/generate.js";
import { actiongen, type Result } from "./actiongen.js";
import { gitIn } from "./git-repository.js";
import { edit, temporaryFolder } from "./spec-folder.js";

/** A Git repository with the specification of the tests and its packages. */
export interface ReleaseRepository {
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(): void;
  /** Replaces a string in a file. */
  edit(path: string, from: string, to: string): Promise<void>;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  /** Runs `actiongen generate`. */
  generate(): Promise<Result>;
  /** Runs `actiongen release`. */
  release(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Result>;
  /** Releases everything: prepares, commits and sets the tags, as if it was published. */
  releaseAll(): Promise<void>;
  /** Versions that `versions.json` lists. */
  versions(): Promise<{ core: string; products: Record<string, string> }>;
}

/**
 * Creates a repository whose packages were generated and committed; it is removed when the test finishes.
 *
 * @param original folder of another repository to copy instead.
 */
export async function releaseRepository(original?: string): Promise<ReleaseRepository> {
  const root = await temporaryFolder();
  const { git: run, commit } = gitIn(root);
  const git = (...args: readonly string[]) => run(...args).trim();
  const read = (path: string) => readFile(join(root, path), "utf8");
  const versions = async () => JSON.parse(await read("spec/versions.json"));
  const release = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    actiongen(["release", ...args], { cwd: root, env });
  if (original !== undefined) await cp(original, root, { recursive: true });
  else {
    await cp("test/data/spec", join(root, "spec"), { recursive: true });
    await writeFile(join(root, ".gitignore"), "dist/\n");
    git("init", "--quiet", "--initial-branch=main");
    await generate({ spec: join(root, "spec"), out: join(root, "generated"), check: false });
    commit();
  }
  return {
    root,
    git,
    commit,
    edit: (path, from, to) => edit(join(root, path), from, to),
    read,
    write: (path, content) => writeFile(join(root, path), content),
    generate: () => actiongen(["generate"], { cwd: root }),
    release,
    async releaseAll() {
      const { code, err } = await release();
      if (code !== 0) throw new Error(err);
      commit();
      const { core, products } = await versions();
      for (const [name, version] of Object.entries({ core, ...products })) {
        const tag = `@dezai/${name}@${version}`;
        if (git("tag", "--list", tag) === "") git("tag", tag);
      }
    },
    versions,
  };
}
