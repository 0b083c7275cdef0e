import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Diagnostic, InputError } from "../diagnostic.js";
import { displayPath, fileProblem } from "../files.js";

/** Folder in the output folder with the changes of a run. While it exists, no other run writes. */
const stagingName = ".actiongen-staging";

export const stagingOf = (out: string): string => join(out, stagingName);

/** How long to wait for another run, in milliseconds. */
const maxWait = 60_000;

/**
 * Empty file in the staging folder whose name is that of the run that owns it. A run takes over from one that has ended by
 * renaming its file, which only one can. The random part tells this process from an ended one with the same ID, as in
 * containers.
 */
const ownOwner = `owner-${process.pid}-${randomBytes(6).toString("hex")}`;
/** Name of the owner's file after a run of a process that may run again has failed. */
const noOwner = "owner-none";

/**
 * Makes this run the owner of the staging folder, when no other run is.
 *
 * @throws InputError if another run does not end within a minute.
 */
export async function own(out: string, staging: string): Promise<void> {
  const started = Date.now();
  while (!tryCreate(staging)) {
    const owner = ownerOf(staging);
    if (!isRunning(owner) && takeOver(staging, owner)) return;
    if (Date.now() - started > maxWait) throw new InputError([busy(out, owner)]);
    await setTimeout(50);
  }
}

function tryCreate(staging: string): boolean {
  try {
    mkdirSync(staging);
    writeFileSync(join(staging, ownOwner), "");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // Another run has removed the folder while it was empty.
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && existsSync(dirname(staging))) return false;
    throw error;
  }
}

/** Name of the owner's file; `undefined` if there is none: then the run starts or ends, or ended just there. */
export function ownerOf(staging: string): string | undefined {
  return namesIn(staging).find((name) => name.startsWith("owner-"));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Whether the owner of a staging folder is a run that has not ended. */
export function isRunning(owner: string | undefined): owner is string {
  if (owner === undefined || owner === noOwner) return false;
  if (owner === ownOwner) return true;
  const pid = Number(owner.split("-")[1]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Takes over from a run that has ended. @returns whether this run owns the folder now: another can be faster. */
function takeOver(staging: string, owner: string | undefined): boolean {
  try {
    if (owner !== undefined) renameSync(join(staging, owner), join(staging, ownOwner));
    // Fails unless it is empty, so that a run that has become the owner since keeps it.
    else rmdirSync(staging);
    return owner !== undefined;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ENOTEMPTY", "EEXIST"].includes(code)) return false;
    throw error;
  }
}

/** Leaves the staging folder to the next run, also of this process. */
export function disown(staging: string): void {
  renameSync(join(staging, ownOwner), join(staging, noOwner));
}

/** Removes everything from the staging folder but its owner. */
export function clear(staging: string): void {
  for (const name of namesIn(staging))
    if (name !== ownOwner) rmSync(join(staging, name), { recursive: true, force: true });
}

/** Removes the staging folder. Its owner goes last, since others may take the folder then. */
export function release(staging: string): void {
  clear(staging);
  rmSync(join(staging, ownOwner), { force: true });
  takeOver(staging, undefined);
}

/** Problem of an output folder that another run writes to. */
export function busy(out: string, owner: string | undefined): Diagnostic {
  const pid = Number(owner?.split("-")[1]);
  const who = pid > 0 ? `process ${pid}` : "another process";
  const staging = displayPath(stagingOf(out));
  const help = `Wait until it ends. If it is not actiongen, delete ${staging} and run again.`;
  return fileProblem("output-busy", out, `is being written to by ${who}`, help);
}
