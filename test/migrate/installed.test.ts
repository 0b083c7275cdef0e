import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { readInstalled } from "../../scripts/migrate/installed.js";
import type { MovedExport } from "../../scripts/model/migration.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** An export `breakPot` of pots, which has another place and name now. */
const moved = (to: string, current: string): MovedExport => {
  return { from: "@dezai/pots", old: "breakPot", to, new: current, note: "" };
};

test.each([
  ["a-pans", "pots"],
  ["pots", "z-pans"],
])("the package that an action moved to says by which name it has it: of %s and %s", async (...names) => {
  const folder = await temporaryFolder();
  for (const name of names) {
    const own = name === "pots" ? moved("", "") : moved(`@dezai/${name}`, "smashPot");
    const migration = { actiongen: 1, package: `@dezai/${name}`, exports: [own], members: [] };
    const path = join(folder, "node_modules/@dezai", name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "migration.json"), JSON.stringify(migration));
  }
  const installed = await readInstalled([join(folder, "a.ts")], new Diagnostics());
  expect(installed.export("@dezai/pots", "breakPot")?.new).toBe("smashPot");
});
