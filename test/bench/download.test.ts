import { expect, test } from "vitest";
import { measureDownload } from "../../scripts/bench/download.js";

test("memory stays flat however long a file is, and nothing keeps the program from ending", async () => {
  const usage = await measureDownload(2, 100 * 2 ** 20, 2);
  expect(usage.peakMegabytes).toBeLessThan(100);
  // A timer that is left behind would hold it for half a minute.
  expect(usage.wallSeconds).toBeLessThan(15);
});
