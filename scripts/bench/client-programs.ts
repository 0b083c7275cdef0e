/**
 * Programs that make the same call, each as the source of a module that makes the call's function from a `fetch`,
 * credentials and a base URL.
 */

/** The call that every program makes. */
const call = `{
  Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "udredis-4kbwzmgv", BackupId: "HnsnJnXX",
}`;

/** A signature as somebody would write it who has read the vendor's page. */
const sign = `
async function sign(parameters, { publicKey, privateKey }) {
  const signed = { ...parameters, PublicKey: publicKey };
  const text = Object.keys(signed).sort().map((name) => name + signed[name]).join("");
  const bytes = new TextEncoder().encode(text + privateKey);
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
export default (fetch, credentials) => async () => {
  const signed = await sign({ Action: "DescribeUMemBackupURL", ...${call} }, credentials);
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
export default (fetch, credentials) => {
  const api = client(fetch);
  api.use({
    async onRequest({ request }) {
      const url = new URL(request.url);
      url.search = new URLSearchParams(await sign(Object.fromEntries(url.searchParams), credentials));
      return new Request(url, request);
    },
  });
  return get(api);
};
`,
  "@dezai/umem": `
import { connect, describeUMemBackupURL } from "@dezai/umem";
export default (fetch, credentials, baseUrl) => {
  const connection = connect({ fetch, credentials, baseUrl });
  return () => describeUMemBackupURL(connection, ${call});
};
`,
} as const;

export type ProgramName = keyof typeof programs;
