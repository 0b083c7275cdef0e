import { type ConnectionOptions, connect, describeUMemBackupURL } from "@dezai/umem";

/** Returns a function that makes one call with the generated client. */
export function createCall(options: ConnectionOptions) {
  const connection = connect(options);
  const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "udredis-4kbwzmgv", BackupId: "HnsnJnXX" };
  return () => describeUMemBackupURL(connection, params);
}
