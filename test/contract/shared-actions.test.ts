import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatDiagnostics } from "../../scripts/diagnostic.js";
import { generate } from "../../scripts/generate.js";
import { verify } from "../../scripts/verify.js";
import { documentPath, edit, specFolder } from "../support/spec-folder.js";

const recording = "umem/DescribeUMemBackupURL.success-all-shards.har";

test("a recording is verified with each product that has its action", async () => {
  const spec = await specFolder();
  const [recordings, out] = [join(spec, "recordings"), join(spec, "out")];
  await mkdir(join(recordings, "umem"), { recursive: true });
  await cp(join("test/recordings", recording), join(recordings, recording));
  await cp(join(spec, "umem"), join(spec, "memory"), { recursive: true });
  const verified = async () => {
    await generate({ spec, out, check: false });
    return formatDiagnostics((await verify({ spec, out, recordings })).disagreements);
  };
  expect(await verified()).toBe("");

  await edit(join(spec, documentPath.replace("umem", "memory")), "name: BackupId", "name: BackupReference");
  const report = await verified();
  expect(report).toMatch(
    /success-all-shards\.har:\d+: in the product memory, request parameter BackupId is "HnsnJnXX" in the recording, and memory\/DescribeUMemBackupURL\.openapi\.yaml has no such parameter\n/,
  );
  expect(report).not.toContain("in the product umem");
});
