import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { actiongen, isTrace, type Result } from "../support/actiongen.js";
import { type CommandProcess, commandProcess } from "../support/command-process.js";
import { addEvidence } from "../support/evidence.js";
import { type FileKind, fileKinds, recording, secret } from "../support/file-kinds.js";
import type { Create } from "../support/odd-entries.js";
import { smallPage } from "../support/small-page.js";

const root = await mkdtemp(join(tmpdir(), "actiongen-files-"));
afterAll(() => rm(root, { recursive: true, force: true }));
await chmod(root, 0o755);
const run = promisify(execFile);
/** Root can read what is unreadable, so another user runs the program then. */
const uid = process.getuid?.() === 0 ? 65_534 : undefined;

/** A folder with everything that the commands read. */
const valid = join(root, "valid");
await cp("test/data/spec", join(valid, "spec"), { recursive: true });
for (const [path, text] of [
  ["pages/umem-api/do_it.md", smallPage({})],
  ["recordings/umem/good.har", await readFile(recording, "utf8")],
  ["good.har", fileKinds.capture?.text.replace(secret, "no secret") ?? ""],
] as const) {
  await mkdir(dirname(join(valid, path)), { recursive: true });
  await writeFile(join(valid, path), text);
}
await cp(join(valid, "spec"), join(valid, "other"), { recursive: true });
for (const command of ["transcribe pages", "generate"]) await actiongen(command.split(" "), { cwd: valid });

/** Runs the commands of a kind of file where one is odd. @returns what they do wrong. */
async function wrongOf(program: CommandProcess, { path, text, commands }: FileKind, create: Create) {
  const folder = await mkdtemp(join(root, "case-"));
  const [inside, outside] = [join(folder, "inside"), join(folder, "outside")];
  await cp(valid, inside, { recursive: true });
  await rm(join(inside, path), { recursive: true, force: true });
  await mkdir(dirname(join(inside, path)), { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, basename(path)), text);
  const harmless = text.replaceAll(secret, "sentence that is inside");
  await create({ path: join(inside, path), text: harmless, outside: join(outside, basename(path)) });
  // Also the files outside: the program could change them.
  if (uid !== undefined) await run("chown", ["-R", "-h", `${uid}:${uid}`, folder]);
  const before = await stateOf(outside);
  const wrong: string[] = [];
  for (const command of commands) {
    const result = await program.run({ args: command.split(" "), cwd: inside });
    const problem = typeof result === "string" ? `ended by ${result}` : problemOf(result);
    if (problem !== undefined) wrong.push(`${command}: ${problem.slice(0, 1000)}`);
    if ((await stateOf(outside)) !== before) wrong.push(`${command}: changes what is outside`);
  }
  await rm(join(inside, path), { recursive: true, force: true });
  // Fails if it finds nothing.
  const found = await run("grep", ["-rlF", "-D", "skip", secret, inside]).catch(() => undefined);
  if (found !== undefined) wrong.push(`what is outside was written to ${found.stdout}`);
  await rm(folder, { recursive: true, force: true });
  return wrong;
}

function problemOf({ code, out, err }: Result): string | undefined {
  if (code !== 0 && code !== 1) return `exit code ${code}: ${err}`;
  if (isTrace.test(out + err)) return `stack trace: ${err}`;
  return (out + err).includes(secret) ? "prints what is outside" : undefined;
}

/** Names, bytes and times of the files of a folder. */
async function stateOf(folder: string): Promise<string> {
  const names = ["", ...(await readdir(folder, { recursive: true }))];
  const states = names.map(async (name) => {
    const stats = await stat(join(folder, name));
    return [name, stats.mtimeMs, stats.isFile() ? await readFile(join(folder, name), "utf8") : ""].join();
  });
  return (await Promise.all(states)).join("\n");
}

test("no odd file makes a command hang, crash, or read or write outside", async (context) => {
  const entries = Object.entries(fileKinds).flatMap(([name, kind]) =>
    Object.entries(kind.odd).map(([what, create]) => ({ title: `${name}, ${what}`, kind, create })),
  );
  const cases = entries.reduce((sum, { kind }) => sum + kind.commands.length, 0);
  const wrong: string[] = [];
  const work = async () => {
    const program = commandProcess(60_000, uid);
    for (let next = entries.shift(); next !== undefined; next = entries.shift()) {
      const { title, kind, create } = next;
      const found = await wrongOf(program, kind, create);
      wrong.push(...found.map((problem) => `${title}, ${problem}`));
    }
    program.close();
  };
  await Promise.all([work(), work()]);
  addEvidence(context, {
    what: "whole-file cases × commands: hang, crash, or read or write outside",
    measured: `${wrong.length} of ${cases}`,
    limit: "0",
    tolerated: ["a capture or an output folder that the command line names can be a link to outside"],
  });
  expect(wrong).toEqual([]);
});
