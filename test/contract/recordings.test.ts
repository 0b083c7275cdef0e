import { expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { formatDiagnostics } from "../../scripts/diagnostic.js";
import { verify } from "../../scripts/verify.js";

const recordings = await readRecordings("test/recordings");

test("the generated clients keep the contract of every recording", async () => {
  const options = { spec: "spec", out: "generated", recordings: "test/recordings" };
  const result = await verify(options);
  expect(formatDiagnostics(result.disagreements)).toBe("");
  expect(result.recordings).toEqual(recordings.map(({ file }) => file));
  expect(result.unrecorded).toEqual([]);
  expect([...result.lost, ...result.stale]).toEqual([]);
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
