import { sha1 } from "../../../templates/runtime/sha1.js";

interface Options {
  readonly fetch: (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;
  readonly credentials: { readonly publicKey: string; readonly privateKey: string };
}

/** Returns a function that makes the same call without any library: it signs, sends with a timeout, parses, and checks the RetCode. */
export function createCall({ fetch, credentials: { publicKey, privateKey } }: Options) {
  const params = {
    Action: "DescribeUMemBackupURL",
    Region: "cn-zj",
    Zone: "cn-zj-01",
    SpaceId: "udredis-4kbwzmgv",
    BackupId: "HnsnJnXX",
    PublicKey: publicKey,
  };
  return async () => {
    const pairs = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
    const signature = sha1(pairs.flat().join("") + privateKey);
    const query = new URLSearchParams([...pairs, ["Signature", signature]]);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error("timed out")), 30_000);
    try {
      const { signal } = controller;
      const response = await fetch(`https://api.dezai.com/?${query}`, { signal });
      const body = (await response.json()) as { RetCode: number };
      if (body.RetCode !== 0) throw new Error("failed");
      return body;
    } finally {
      clearTimeout(timer);
    }
  };
}
