import { ActionError, type Client, createClient } from "@dezai/umem";

let client: Client | undefined;

/** Responds with the backups of the instance in the query: `/api/backups?instance=umem-1`. */
export async function GET(request: Request): Promise<Response> {
  const SpaceId = new URL(request.url).searchParams.get("instance");
  if (!SpaceId) return Response.json({ error: "The parameter instance is missing." }, { status: 400 });
  // Created here, since `next build` imports this module where the environment has no credentials.
  client ??= createClient({ region: "cn-zj", zone: "cn-zj-01", method: "POST" });
  try {
    // The calls end when the browser closes the connection.
    const { DataSet = [] } = await client.describeUMemBackup({ SpaceId }, { signal: request.signal });
    return Response.json(DataSet.map(({ BackupId, BackupName, State }) => ({ BackupId, BackupName, State })));
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    console.error(error.message);
    return Response.json({ error: "The backups cannot be listed.", id: error.requestId }, { status: 502 });
  }
}
