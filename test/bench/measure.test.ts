import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measure, median } from "../../scripts/bench/child.js";
import { growthCheck, sizeChecks } from "../../scripts/bench/limits.js";
import { oneDocument } from "../../scripts/bench/one-document.js";
import type { SizeFigures } from "../../scripts/bench/rounds.js";
import { table } from "../../scripts/bench/table.js";
import { temporaryFolder } from "../support/spec-folder.js";

async function program(code: string): Promise<string> {
  const path = join(await temporaryFolder(), "program.mjs");
  await writeFile(path, code);
  return path;
}

test("a program is measured, with the programs that it starts", async () => {
  const hungry = "const held = Buffer.alloc(90_000_000, 1); void held;";
  const alone = await measure([await program(hungry)]);
  expect(alone.peakMegabytes).toBeGreaterThan(90);
  expect(alone.wallSeconds).toBeGreaterThan(0);
  expect(alone.cpuSeconds).toBeGreaterThan(0);

  const child = await program(hungry);
  const starts = `import { spawnSync } from "node:child_process"; spawnSync(process.execPath, [${JSON.stringify(child)}]);`;
  expect((await measure([await program(starts)])).peakMegabytes).toBeGreaterThan(alone.peakMegabytes);
});

test("a program that fails is told with what it said, unless its exit code is accepted", async () => {
  const path = await program(`console.error("no pages here"); process.exitCode = 1;`);
  await expect(measure([path])).rejects.toThrow(/exit code 1\nno pages here/);
  await expect(measure([path], [0, 1])).resolves.toBeDefined();
});

test("the median is taken of each figure by itself", () => {
  const usage = (wallSeconds: number, cpuSeconds: number, peakMegabytes: number) => ({
    wallSeconds,
    cpuSeconds,
    peakMegabytes,
  });
  expect(median([usage(3, 1, 20), usage(1, 2, 30), usage(2, 3, 10)])).toEqual(usage(2, 2, 20));
});

test("the limits compare what they say they compare", () => {
  const checks = [...sizeChecks(figures(1644, 30)), growthCheck(figures(500, 10), figures(1000, 22))];
  expect(checks.map(({ figure, limit }) => [figure, limit])).toEqual([
    [1.5, 1.5],
    [400, 700],
    [0.5, 0.7],
    [0.9, 1],
    [1.1, 1.15],
  ]);
});

function figures(actions: number, both: number): SizeFigures {
  const usage = (wallSeconds: number, peakMegabytes = 100) => ({ wallSeconds, cpuSeconds: 0, peakMegabytes });
  const types = usage(20, 900);
  return {
    actions,
    usage: {
      transcribe: usage(1, 400),
      cold: usage(1),
      both: usage(both),
      warm: usage(0.5),
      changed: usage(0.9),
      types,
    },
  };
}

test("documents become one whose references all lead somewhere", async () => {
  const { document, actions } = await oneDocument("spec");
  const text = JSON.stringify(document);
  const { schemas } = document.components as { schemas: object };
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(actions).toBe(Object.keys(document.paths as object).length);
  expect(references.length).toBeGreaterThan(actions);
  expect(references.filter((name) => !Object.hasOwn(schemas, name ?? ""))).toEqual([]);
});

test("a table aligns figures to the right", () => {
  expect(
    table(
      ["stage", "wall s"],
      [
        ["all of it", "1.00"],
        ["part", "10.00"],
      ],
    ),
  ).toBe(["stage      wall s", "---------  ------", "all of it    1.00", "part        10.00"].join("\n"));
});
