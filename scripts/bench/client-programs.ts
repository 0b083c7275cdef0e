/** Programs that make the same call, each as the source of a module that makes the call's function from a `fetch`. */

/** The call that every program makes. */
const call = `{
  Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "udredis-4kbwzmgv", BackupId: "HnsnJnXX",
}`;

/** Nothing hangs on it: every signature is thrown away. */
export const keys = { publicKey: "public-key-of-a-bench", privateKey: "private-key-of-a-bench" };

/** A signature as somebody would write it who has read the vendor's page. */
const sign = `
async function sign(parameters) {
  const signed = { ...parameters, PublicKey: ${JSON.stringify(keys.publicKey)} };
  const text = Object.keys(signed).sort().map((name) => name + signed[name]).join("");
  const bytes = new TextEncoder().encode(text + ${JSON.stringify(keys.privateKey)});
  const digest = await crypto.subtle.digest("SHA-1", bytes);
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return { ...signed, Signature: hex.join("") };
}
`;

const openApiFetch = `
import createClient from "openapi-fetch";
const client = (fetch) => createClient({ baseUrl: "https://api.dezai.com", fetch });
const get = (api) => async () => {
  const { data, error } = await api.GET("/", {
    params: { query: { Action: "DescribeUMemBackupURL", ...${call} } },
  });
  if (error || data.RetCode !== 0) throw new Error("failed");
  return data;
};
`;

/** What is measured, by the name that the tables show. */
export const programs = {
  "hand-written fetch and signature": `
${sign}
export default (fetch) => async () => {
  const signed = await sign({ Action: "DescribeUMemBackupURL", ...${call} });
  const response = await fetch(\`https://api.dezai.com/?\${new URLSearchParams(signed)}\`);
  const body = await response.json();
  if (!response.ok || body.RetCode !== 0) throw new Error(body.Message);
  return body;
};
`,
  "openapi-fetch, unsigned": `
${openApiFetch}
export default (fetch) => get(client(fetch));
`,
  "openapi-fetch, signing middleware": `
${openApiFetch}
${sign}
export default (fetch) => {
  const api = client(fetch);
  api.use({
    async onRequest({ request }) {
      const url = new URL(request.url);
      url.search = new URLSearchParams(await sign(Object.fromEntries(url.searchParams)));
      return new Request(url, request);
    },
  });
  return get(api);
};
`,
  "@dezai/umem": `
import { connect, describeUMemBackupURL } from "@dezai/umem";
export default (fetch, baseUrl, credentials = ${JSON.stringify(keys)}) => {
  const connection = connect({ credentials, fetch, baseUrl });
  return () => describeUMemBackupURL(connection, ${call});
};
`,
} as const;

export type ProgramName = keyof typeof programs;
