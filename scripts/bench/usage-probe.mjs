// Preloaded into a measured process: writes its CPU time and peak memory to file descriptor 3 when it exits.
import { readFileSync, writeSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: (ownPeak() ?? maxRSS) / 1024,
  };
  writeSync(3, JSON.stringify(usage));
});

/** Peak memory in kB. Linux's maxRSS can be that of the parent process, before this program was loaded. */
function ownPeak() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
