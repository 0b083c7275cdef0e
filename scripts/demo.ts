import { createClient } from "@dezai/umem";
import {
  privateKeyPlaceholder,
  signedNames,
  stringToSign,
  withCredentials,
} from "../templates/runtime/signature.js";
import { readRecordings } from "./contract/recording.js";
import { generate } from "./generate.js";
import { load } from "./load.js";
import { startMock } from "./mock/server.js";

/** Demo: generates the client, starts the mock gateway, makes one signed call and prints each step. */

const { written, unchanged } = await generate({ spec: "spec", out: "generated", check: false });
console.log(`1. Generated the client: ${written.length} files written, ${unchanged} unchanged.`);

const api = await load("spec");
const gatewayLog: string[] = [];
const server = await startMock(api, await readRecordings("test/recordings"), {
  port: 0,
  log: (line) => gatewayLog.push(line),
});
console.log(`2. Started a mock gateway on ${server.baseUrl} that responds from test/recordings.\n`);

try {
  const credentials = api.brand.exampleCredentials;
  let sent = new Map<string, string>();
  const client = createClient({
    credentials,
    baseUrl: server.baseUrl,
    region: "cn-zj",
    zone: "cn-zj-01",
    project: "lIDfEOmM",
    fetch: (url, init) => {
      sent = new Map(new URL(url).searchParams);
      return fetch(url, init);
    },
  });
  const { BackupURL } = await client.describeUMemBackupURL({ SpaceId: "WfTAPwME", BackupId: "HnsnJnXX" });

  const signed = withCredentials(sent, credentials);
  const width = Math.max(...Array.from(signed.keys(), (name) => name.length));
  console.log("3. client.describeUMemBackupURL() signed the request with the published example key pair:\n");
  console.log("   All parameters, sorted by name:");
  for (const name of signedNames(signed)) console.log(`     ${name.padEnd(width)}  ${signed.get(name)}`);
  console.log("   String to sign: names and values concatenated, then the private key:");
  console.log(`     ${stringToSign(signed, privateKeyPlaceholder)}`);
  console.log("   Signature: SHA-1 of that string:");
  console.log(`     ${sent.get("Signature")}\n`);
  console.log(`4. The gateway verified the signature and responded: ${gatewayLog.join("; ")}\n`);
  console.log("5. The response has one download link per shard:\n");
  for (const link of BackupURL) console.log(`     ${link}`);
} finally {
  await server.close();
}
