import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { compiledProgram, type RunOptions } from "../support/compiled.js";
import { addEvidence } from "../support/evidence.js";
import {
  type Generate,
  type Outcome,
  outcomeOf,
  putOutput,
  type Reference,
  reference,
  sharedFolder,
} from "../support/interrupted-output.js";
import { killAt, type Phases, phasesOf } from "../support/kill-moments.js";

const root = await sharedFolder();
const actiongen = await compiledProgram();
const generate: Generate = async (spec, out) => {
  const { code, err } = await actiongen(["generate", "--spec", spec, "--out", out, "--allow-removing"]);
  expect([code, err]).toEqual([0, ""]);
};
const [one, other] = [await reference(root, "one", generate), await reference(root, "other", generate)];
const folders = [join(root, "out0"), join(root, "out1")];

const run = ({ spec }: Reference, out: string, options: RunOptions = {}) =>
  actiongen(["generate", "--spec", spec, "--out", out, "--allow-removing"], options);

function report(context: TestContext, what: string, outcomes: readonly Outcome[]): void {
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const between = `${count("partial")} of ${outcomes.length} ended between moves, and were completed`;
  addEvidence(context, {
    what: `${what}: outputs left as a mixture after the next run`,
    measured: `${count("mixture")} (${between})`,
    limit: "0",
  });
  expect(count("mixture")).toBe(0);
}

/** What the first generator that was killed between moves left, for the test of two at once. */
const killed = join(root, "killed");

test("a generator that is killed", async (context) => {
  const measured: Phases[] = [];
  const measure = async (out: string) => {
    await putOutput(one.out, out);
    const { code, err } = await run(other, out, {
      onStart: async (child) => measured.push(await phasesOf(child, out)),
    });
    expect([code, err]).toEqual([0, ""]);
  };
  await Promise.all(folders.map(measure));
  const phases = measured[0] as Phases;
  const outcomes: Outcome[] = [];
  for (let round = 0; round < 100; round += 2) {
    const [before, after] = round % 4 === 0 ? [one, other] : [other, one];
    for (const out of folders) await putOutput(before.out, out);
    await Promise.all(
      folders.map((out, index) => {
        const phase = round % 10 === 0 ? "run" : index === 0 ? "staging" : "moving";
        return run(after, out, {
          onStart: (child) => killAt(child, out, phase, phases, `${round + index}`),
        });
      }),
    );
    for (const out of folders) {
      const isBetween = existsSync(join(out, ".actiongen-staging/journal"));
      if (after === other && isBetween && !existsSync(killed)) await putOutput(out, killed);
      outcomes.push(await outcomeOf(out, before, after, generate));
    }
  }
  report(context, "generator killed at 100 random moments", outcomes);
  expect(outcomes).toContain("partial");
});

/** Number of files and folders that a run over `one` creates for `other`, until it makes new folders for its files. */
function stagedCount(): number {
  const existing = new Set<string>(JSON.parse(one.files).map(String));
  return JSON.parse(other.files).filter((file: unknown) => !existing.has(String(file))).length + 4;
}

/** Mounts a small file system. @returns whether that is permitted. */
function mount(folder: string, options: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Number of runs for which a file system was full. */
let full = 0;

/** Runs a generator on a file system that becomes full; `undefined` if none can be mounted. */
async function runOnFullDisk(limit: string): Promise<Outcome | undefined> {
  const out = join(root, `disk-${limit}`);
  await mkdir(out);
  if (!mount(out, "size=64m")) return undefined;
  try {
    await cp(one.out, out, { recursive: true });
    execFileSync("mount", ["-o", `remount,${limit}`, out]);
    const { code, err } = await run(other, out);
    if (code !== 0) expect([limit, code, err]).toEqual([limit, 1, expect.stringContaining("ENOSPC")]);
    if (code !== 0) full += 1;
    execFileSync("mount", ["-o", "remount,size=64m,nr_inodes=10000", out]);
    return await outcomeOf(out, one, other, generate);
  } finally {
    execFileSync("umount", [out]);
  }
}

/** Runs a generator that may only write small files, which fails like a full disk. */
async function runWithSmallFiles(size: number): Promise<Outcome> {
  const out = join(root, `small-${size}`);
  await putOutput(one.out, out);
  const prefix = ["bash", "-c", `trap "" XFSZ; ulimit -f ${size}; exec "$@"`, "bash"];
  const { code, err } = await run(other, out, { prefix });
  expect([code, err]).toEqual([1, expect.stringContaining("cannot be written to: EFBIG")]);
  return await outcomeOf(out, one, other, generate);
}

test.skipIf(process.platform === "win32")("a disk that is full", async (context) => {
  const used = (await readdir(one.out, { recursive: true })).length + 1;
  const staged = used + stagedCount();
  const inodes = [used, used + 1, used + 30, staged - 1, staged, staged + 1, staged + 2, staged + 3];
  const limits = ["size=1m", "size=1200k", ...inodes.map((count) => `nr_inodes=${count}`)];
  const outcomes: Outcome[] = [];
  for (const limit of limits) {
    const outcome = await runOnFullDisk(limit);
    if (outcome === undefined) break;
    outcomes.push(outcome);
  }
  // The last limits can be just enough.
  if (outcomes.length > 0) expect(full).toBeGreaterThan(limits.length / 2);
  for (const size of [0, 4, 8]) outcomes.push(await runWithSmallFiles(size));
  const kinds = outcomes.length > 3 ? "file system full, or" : "(no small file system can be mounted here)";
  report(context, `${kinds} file too large`, outcomes);
});

// Root may write to any folder, so the program runs as another user.
const user = process.getuid?.() === 0 ? 65_534 : undefined;

test.skipIf(process.platform === "win32")("a folder that may not be written", async (context) => {
  const outcomes: Outcome[] = [];
  for (const path of ["", "packages", "packages/core", "docs", "docs/one"]) {
    const out = join(root, `read-only-${outcomes.length}`);
    await putOutput(one.out, out);
    if (user !== undefined) execFileSync("chown", ["-R", `${user}:${user}`, out]);
    await chmod(join(out, path), 0o555);
    const { code, err } = await run(other, out, user === undefined ? {} : { uid: user });
    expect([code, err], path).toEqual([1, expect.stringContaining("cannot be written to: EACCES")]);
    await chmod(join(out, path), 0o755);
    outcomes.push(await outcomeOf(out, one, other, generate));
  }
  report(context, "folder without permission", outcomes);
});

test("two generators at once", async (context) => {
  const outcomes: Outcome[] = [];
  const [out = ""] = folders;
  for (let round = 0; round < 8; round++) {
    // Half of them find what a killed one left.
    await putOutput(round % 2 === 0 && existsSync(killed) ? killed : one.out, out);
    const runs = await Promise.all([run(one, out), run(other, out)]);
    for (const { code, err } of runs) if (code !== 0) expect(err).toContain("Run the command again");
    expect(runs.map(({ code }) => code)).toContain(0);
    expect(existsSync(join(out, ".actiongen-staging"))).toBe(false);
    outcomes.push(await outcomeOf(out, one, other, generate));
  }
  report(context, "two generators at once", outcomes);
});
