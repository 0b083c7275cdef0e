import { expect, test } from "vitest";
import { type DownloadTarget, measureDownload } from "../../scripts/bench/download.js";

test.each<DownloadTarget>(["files", "existing", "sink"])(
  "memory of a download to %s does not grow with the size of a file, and the program exits",
  async (target) => {
    const usage = await measureDownload(2, 100 * 2 ** 20, 2, target);
    expect(usage.peakMegabytes).toBeLessThan(100);
    // A timer that is not cleared would keep it running for half a minute.
    expect(usage.wallSeconds).toBeLessThan(15);
  },
);
