/**
 * A program for every night: backs up all Redis spaces of an availability zone, downloads the backups to
 * `<BACKUP_DIRECTORY>/<space>/nightly-<date>/`, and removes local ones older than `KEEP_DAYS`. It can run again at any time: it
 * continues where an earlier run of the same day has stopped. The exit code is 1 if a space could not be backed up.
 *
 * Run it with `npx tsx nightly-backup.ts`, or `node nightly-backup.ts` from Node.js 22.18 on.
 *
 * Environment: `DEZAI_PUBLIC_KEY`, `DEZAI_PRIVATE_KEY`, `DEZAI_REGION`, `DEZAI_ZONE`, `BACKUP_DIRECTORY`; optionally
 * `DEZAI_PROJECT_ID` and `KEEP_DAYS` (14).
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@dezai/umem";
import { downloadBackup } from "@dezai/umem/node";

const directory = required("BACKUP_DIRECTORY");
const keepDays = Number(process.env.KEEP_DAYS ?? 14);
if (!(keepDays >= 1)) throw new Error("KEEP_DAYS must be a number of at least 1.");

// The key pair is read from the environment.
const client = createClient({
  region: required("DEZAI_REGION"),
  zone: required("DEZAI_ZONE"),
  project: process.env.DEZAI_PROJECT_ID,
});
// Ends this run before the next one starts.
const signal = AbortSignal.timeout(20 * 3_600_000);

for await (const { SpaceId = "" } of client.describeUMemSpace({ Protocol: "redis" }, { signal })) {
  try {
    if (!/^[\w-]+$/.test(SpaceId)) throw new Error("The ID of the space cannot be the name of a folder.");
    await backUp(SpaceId);
    // Only now: a space that can no longer be backed up keeps its old backups.
    await removeOld(SpaceId);
  } catch (error) {
    // The errors of the client contain no key and no link.
    console.error(`${SpaceId}: ${error}`);
    process.exitCode = 1;
  }
}

/** Makes today's backup of a space and downloads it. */
async function backUp(SpaceId: string): Promise<void> {
  const name = nameOf(new Date());
  const BackupId = (await findBackup(SpaceId, name)) ?? (await createBackup(SpaceId, name));
  await client.waitUntilBackupComplete({ SpaceId, BackupId }, { signal, timeout: 4 * 3_600_000 });
  const target = { directory: join(directory, SpaceId, name), signal };
  const files = await downloadBackup(client, { SpaceId, BackupId }, target);
  const skipped = files.filter((file) => file.skipped).length;
  console.log(`${SpaceId}: ${name} has ${files.length} files, ${skipped} of them from an earlier run`);
}

/** Returns the ID of a backup that an earlier run has created, even if that run never got the response. */
async function findBackup(SpaceId: string, name: string): Promise<string | undefined> {
  for await (const backup of client.describeUMemBackup({ SpaceId, Limit: 100 }, { signal })) {
    if (backup.BackupName === name) return backup.BackupId;
  }
  return undefined;
}

async function createBackup(SpaceId: string, BackupName: string): Promise<string> {
  const { BackupId } = await client.createUMemBackup({ SpaceId, BackupName }, { signal });
  if (BackupId === undefined) throw new Error("The response to CreateUMemBackup has no BackupId.");
  return BackupId;
}

/** Removes local backups of a space that this program made more than `KEEP_DAYS` ago. */
async function removeOld(SpaceId: string): Promise<void> {
  const oldest = nameOf(new Date(Date.now() - keepDays * 86_400_000));
  for (const name of await readdir(join(directory, SpaceId))) {
    if (/^nightly-\d{8}$/.test(name) && name < oldest)
      await rm(join(directory, SpaceId, name), { recursive: true });
  }
}

/** Name of the backup of a day in UTC, such as `nightly-20261127`. */
function nameOf(date: Date): string {
  return `nightly-${date.toISOString().slice(0, 10).replaceAll("-", "")}`;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set the environment variable ${name}.`);
  return value;
}
