import type { Client } from "@dezai/umem";

/**
 * Returns the download links of the newest complete backup of an instance; none if there is no such backup.
 *
 * @throws CallError if a call fails.
 */
export async function newestBackup(client: Client, SpaceId: string): Promise<string[]> {
  let newest = { BackupId: "", CreateTime: 0 };
  for await (const backup of client.describeUMemBackup({ SpaceId, Limit: 100 })) {
    if (backup.State === "Done" && backup.CreateTime > newest.CreateTime) newest = backup;
  }
  if (newest.BackupId === "") return [];
  const { BackupURL } = await client.describeUMemBackupURL({ SpaceId, BackupId: newest.BackupId });
  return BackupURL;
}
