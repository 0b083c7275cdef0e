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

/** From the specification to links on the screen: generates, serves, calls, shows, stops. */

const { written, unchanged } = await generate({ spec: "spec", out: "generated", check: false });
console.log(`1. Generated: ${written.length} files written, ${unchanged} up to date.`);

const api = await load("spec");
const gatewayLog: string[] = [];
const server = await startMock(api, await readRecordings("test/recordings"), {
  port: 0,
  log: (line) => gatewayLog.push(line),
});
console.log(`2. A gateway listens on ${server.baseUrl} and answers from test/recordings.\n`);

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

  const covered = withCredentials(sent, credentials);
  const width = Math.max(...Array.from(covered.keys(), (name) => name.length));
  console.log("3. client.describeUMemBackupURL() signed the call with the published example key pair:\n");
  console.log("   every parameter, sorted by name");
  for (const name of signedNames(covered)) console.log(`     ${name.padEnd(width)}  ${covered.get(name)}`);
  console.log("   run together, the private key last: the string to sign");
  console.log(`     ${stringToSign(covered, privateKeyPlaceholder)}`);
  console.log("   and its SHA-1: the signature");
  console.log(`     ${sent.get("Signature")}\n`);
  console.log(`4. The gateway checked it and answered (${gatewayLog.join("; ")}).\n`);
  console.log(`5. One download link for each shard:\n`);
  for (const link of BackupURL) console.log(`     ${link}`);
} finally {
  await server.close();
}
