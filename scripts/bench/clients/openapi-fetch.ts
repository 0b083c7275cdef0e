import createClient from "openapi-fetch";

interface Options {
  readonly fetch: () => Promise<Response>;
  readonly credentials: { readonly publicKey: string; readonly privateKey: string };
}

/** The gateway's only path, with the types that the call below needs. */
interface Paths {
  readonly "/": {
    readonly get: {
      readonly parameters: { readonly query: Readonly<Record<string, string>> };
      readonly responses: {
        readonly 200: { readonly content: { readonly "application/json": { readonly RetCode: number } } };
      };
    };
  };
}

/** Returns a function that makes the same call, written as by someone who has read the vendor's page. */
export function createCall({ fetch, credentials: { publicKey, privateKey } }: Options) {
  const client = createClient<Paths>({ baseUrl: "https://api.dezai.com", fetch });
  client.use({
    async onRequest({ request }) {
      const url = new URL(request.url);
      url.searchParams.set("PublicKey", publicKey);
      const pairs = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
      const bytes = new TextEncoder().encode(pairs.flat().join("") + privateKey);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
      const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0"));
      url.searchParams.set("Signature", hex.join(""));
      return new Request(url, request);
    },
  });
  const query = {
    Action: "DescribeUMemBackupURL",
    Region: "cn-zj",
    Zone: "cn-zj-01",
    SpaceId: "udredis-4kbwzmgv",
    BackupId: "HnsnJnXX",
  };
  return async () => {
    const { data, error } = await client.GET("/", { params: { query } });
    if (error || data.RetCode !== 0) throw new Error("failed");
    return data;
  };
}
