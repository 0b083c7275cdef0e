import { type Credentials, createClient, type DescribeUMemBackupItem } from "@dezai/umem";

/** Message of the worker: backups, or why there are none. */
export type Backups = { readonly backups: readonly DescribeUMemBackupItem[] } | { readonly error: string };

const client = createClient({
  region: "cn-zj",
  zone: "cn-zj-01",
  method: "POST",
  // A page must not contain a private key: your server responds with temporary credentials of the user.
  credentials: async (): Promise<Credentials> => {
    const response = await fetch("/credentials");
    if (!response.ok) throw new Error(`/credentials: HTTP status ${response.status}`);
    return await response.json();
  },
});

/** Lists the backups of the instance whose ID is the message. */
addEventListener("message", async ({ data: SpaceId }: MessageEvent<string>) => {
  const { data, error } = await client.describeUMemBackup({ SpaceId }).result();
  const message: Backups = error ? { error: error.message } : { backups: data.DataSet ?? [] };
  postMessage(message);
});
