// Preloaded into every Node process that is measured: leaves behind what the process used.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

const folder = process.env.ACTIONGEN_BENCH_USAGE;
if (folder !== undefined && isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const peakMegabytes = (ownPeak() ?? maxRSS) / 1024;
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(usage));
  });
}

/** Linux counts the memory of the process that started this one as its own, unless it is asked here. In kilobytes. */
function ownPeak() {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes);
  } catch {
    return undefined;
  }
}
