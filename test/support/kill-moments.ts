import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Durations of a generator's phases in milliseconds: all of it, until its journal is written, and until it has moved all. */
export interface Phases {
  readonly run: number;
  readonly staging: number;
  readonly moving: number;
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** Waits until a path of an output folder exists, or no longer does, or the generator has ended. */
async function until(child: ChildProcess, path: string, isThere: boolean): Promise<void> {
  while (isRunning(child) && existsSync(path) !== isThere) await setTimeout(1);
}

const stagingOf = (out: string) => join(out, ".actiongen-staging");
const journalOf = (out: string) => join(stagingOf(out), "journal");

/** Measures the phases of a generator that has just started. */
export async function phasesOf(child: ChildProcess, out: string): Promise<Phases> {
  const times = [performance.now()];
  for (const [path, isThere] of [
    [stagingOf(out), true],
    [journalOf(out), true],
    [journalOf(out), false],
  ] as const) {
    await until(child, path, isThere);
    times.push(performance.now());
  }
  const [start = 0, staged = 0, journaled = 0, moved = 0] = times;
  return { run: moved - start, staging: journaled - staged, moving: moved - journaled };
}

/**
 * Kills a generator at a random moment of a phase.
 *
 * @param seed the same moment is chosen for the same one, as a part of the phase.
 */
export async function killAt(
  child: ChildProcess,
  out: string,
  phase: keyof Phases,
  phases: Phases,
  seed: string,
): Promise<void> {
  const random = createHash("sha256").update(seed).digest().readUInt32BE() / 2 ** 32;
  if (phase === "staging") await until(child, stagingOf(out), true);
  if (phase === "moving") await until(child, journalOf(out), true);
  await setTimeout(random * phases[phase]);
  child.kill("SIGKILL");
}
