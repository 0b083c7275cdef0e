import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkTable, measure, median } from "../../scripts/bench/measure.js";
import { temporaryFolder } from "../support/spec-folder.js";

async function program(code: string): Promise<string> {
  const path = join(await temporaryFolder(), "program.mjs");
  await writeFile(path, code);
  return path;
}

test("measures the time and the peak memory of a program", async () => {
  const usage = await measure(await program("const kept = Buffer.alloc(90_000_000, 1); void kept;"));
  expect(usage.peakMegabytes).toBeGreaterThan(90);
  expect(usage.peakMegabytes).toBeLessThan(200);
  expect(usage.wallSeconds).toBeGreaterThan(0);
  expect(usage.cpuSeconds).toBeGreaterThan(0);
});

test("throws an error with the error output of a program that fails", async () => {
  const path = await program(`console.error("no pages here"); process.exitCode = 1;`);
  await expect(measure(path)).rejects.toThrow(/exit code 1\nno pages here/);
});

test("the median is the number in the middle, or the upper one of two", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([10, 9])).toBe(10);
});

test("a table shows whether figures are within their limits", () => {
  expect(
    checkTable([
      { name: "time", figure: 1, limit: 1, unit: "s" },
      { name: "peak memory", figure: 12.3, limit: 10, unit: "MB" },
    ]),
  ).toBe(
    [
      "figure       measured  at most",
      "-----------  --------  -------  ----",
      "time           1.00 s   1.00 s  pass",
      "peak memory     12 MB    10 MB  over",
      "",
    ].join("\n"),
  );
});
