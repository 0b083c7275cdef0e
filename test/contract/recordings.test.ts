import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import type { CreateClient } from "../../scripts/contract/replay.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { formatDiagnostics } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/model/load.js";
import { packageName } from "../../scripts/model/names.js";

const api = await load("spec");
const recordings = await readRecordings("test/recordings");

async function generatedClient(product: string): Promise<CreateClient> {
  const module = await import(packageName(api.brand.package.scope, product));
  return module.createClient;
}

describe("the generated clients keep the contract of every recording", () => {
  test.each(recordings.map((recording) => [recording.file, recording] as const))(
    "%s",
    async (file, recording) => {
      const product = file.split("/").at(-2) ?? "";
      const disagreements = await verifyRecording(recording, api, await generatedClient(product));
      expect(formatDiagnostics(disagreements)).toBe("");
    },
  );
});

test("there is a recording of the documented success, of one shard and of each documented failure", () => {
  const seen = recordings.map(({ body, parameters, origin }) => {
    const { RetCode, BackupURL } = JSON.parse(body);
    const kind =
      RetCode !== 0
        ? RetCode
        : parameters.has("BlockId")
          ? "one shard"
          : BackupURL.length > 1
            ? "several shards"
            : "?";
    return `${kind} ${origin}`;
  });
  const codes = [150, 153, 160, 161, 170, 171, 172, 220, 230, 292, 299].map(String);
  expect(seen.sort()).toEqual(
    [...codes, "one shard", "several shards"].map((kind) => `${kind} documented`).sort(),
  );
});
