/**
 * Programs that make the same call. Each is the source of a module whose default export creates the calling function from
 * a `fetch`, credentials and a base URL.
 */

const parameters = `{
  Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "udredis-4kbwzmgv", BackupId: "HnsnJnXX",
}`;

/** A signature as someone would write it who has read the vendor's page. */
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

/** Measured programs by the name shown in tables. */
export const programs = {
  "fetch and a signature": `
${sign}
export default (fetch, credentials) => async () => {
  const signed = await sign({ Action: "DescribeUMemBackupURL", ...${parameters} }, credentials);
  const response = await fetch(\`https://api.dezai.com/?\${new URLSearchParams(signed)}\`);
  const body = await response.json();
  if (!response.ok || body.RetCode !== 0) throw new Error(body.Message);
  return body;
};
`,
  "openapi-fetch, signing middleware": `
import createClient from "openapi-fetch";
${sign}
export default (fetch, credentials) => {
  const client = createClient({ baseUrl: "https://api.dezai.com", fetch });
  client.use({
    async onRequest({ request }) {
      const url = new URL(request.url);
      url.search = new URLSearchParams(await sign(Object.fromEntries(url.searchParams), credentials));
      return new Request(url, request);
    },
  });
  return async () => {
    const { data, error } = await client.GET("/", {
      params: { query: { Action: "DescribeUMemBackupURL", ...${parameters} } },
    });
    if (error || data.RetCode !== 0) throw new Error("failed");
    return data;
  };
};
`,
  "@dezai/umem": `
import { connect, describeUMemBackupURL } from "@dezai/umem";
export default (fetch, credentials, baseUrl) => {
  const connection = connect({ fetch, credentials, baseUrl });
  return () => describeUMemBackupURL(connection, ${parameters});
};
`,
} as const;

export type ProgramName = keyof typeof programs;
