import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Result, runNode } from "./actiongen.js";

const run = promisify(execFile);

/** The toolkit as it is published, installed into a folder without its development dependencies. */
export interface PackedToolkit {
  /** Folder of the installed package. */
  readonly folder: string;
  /** Size of the tarball in bytes. */
  readonly size: number;
  /** Runs a command line of the installed program in a process of its own. */
  run(args: readonly string[], cwd: string, input?: string): Promise<Result>;
  /** Runs a command line that serves until it is interrupted, and interrupts it when it says so. */
  interrupted(args: readonly string[], cwd: string): Promise<{ code: number | null; out: string }>;
}

/**
 * Packs the toolkit, and installs it into a folder. Writes nothing to the repository, and uses no network.
 *
 * @param project folder that receives `node_modules`.
 */
export async function installToolkit(project: string): Promise<PackedToolkit> {
  const staging = await mkdtemp(join(project, "staging-"));
  const tarball = await packToolkit(staging);
  const modules = join(project, "node_modules");
  const folder = join(modules, "actiongen");
  await mkdir(folder, { recursive: true });
  await run("tar", ["xf", tarball, "-C", folder, "--strip-components=1"]);
  for (const name of await installedByConsumers()) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(resolve("node_modules", name), join(modules, name));
  }
  const program = join(folder, "bin/actiongen.js");
  return {
    folder,
    size: (await stat(tarball)).size,
    run: (args, cwd, input = "") => runNode([program, ...args], { cwd, input }),
    interrupted: (args, cwd) => interrupted([program, ...args], cwd),
  };
}

async function interrupted(
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let out = "";
  for await (const chunk of child.stdout) {
    out += chunk;
    if (out.includes("Ctrl-C")) child.kill("SIGINT");
  }
  return { code: await code, out };
}

/** Packs the toolkit from a copy, since a build beside the sources would disturb other tests. @returns path of the tarball. */
async function packToolkit(staging: string): Promise<string> {
  const { files } = JSON.parse(await readFile("package.json", "utf8")) as { files: string[] };
  const copied = files
    .map((path) => path.split("/")[0] ?? path)
    .filter((path) => !/^(!|dist|spec|test)/.test(path));
  for (const path of [
    ...copied,
    "package.json",
    "LICENSE",
    "README.md",
    "spec/README.md",
    "test/recordings/README.md",
  ])
    await cp(path, join(staging, path), { recursive: true });
  const compiler = resolve("node_modules/typescript/bin/tsc");
  await run(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", join(staging, "dist")]);
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", staging];
  const packed = JSON.parse((await run("npm", pack, { cwd: staging })).stdout) as Record<
    string,
    { filename: string }
  >;
  return join(staging, Object.values(packed)[0]?.filename ?? "");
}

/** Names of the packages that npm installs with the toolkit. */
async function installedByConsumers(): Promise<string[]> {
  interface Entry {
    readonly dev?: boolean;
    readonly devOptional?: boolean;
    readonly link?: boolean;
  }
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8")) as {
    packages: Record<string, Entry>;
  };
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional, link }]) =>
        path.startsWith("node_modules/") && !dev && !devOptional && !link,
    )
    .map(([path]) => path.slice("node_modules/".length))
    .filter((name) => !name.includes("node_modules/"));
}
