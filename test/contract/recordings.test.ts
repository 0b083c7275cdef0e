import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import type { CreateClient } from "../../scripts/contract/replay.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { formatDiagnostics } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";
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
  const seen = recordings
    .filter(
      ({ parameters, origin }) =>
        origin === "documented" && parameters.get("Action") === "DescribeUMemBackupURL",
    )
    .map(({ body, parameters }) => {
      const { RetCode, BackupURL } = JSON.parse(body);
      if (RetCode !== 0) return RetCode;
      return parameters.has("BlockId") ? "one shard" : BackupURL.length > 1 ? "several shards" : "?";
    });
  const codes = [150, 153, 160, 161, 170, 171, 172, 220, 230, 292, 299];
  expect(seen).toEqual(expect.arrayContaining([...codes, "one shard", "several shards"]));
});
