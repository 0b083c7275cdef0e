import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { builtProduct } from "../support/built-product.js";
import { migrated, programFolder } from "../support/migrated.js";
import { install, packageFiles, releasedProduct, writeConfig } from "../support/released-package.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Where the old names are that are left: `line: message`. */
const remarksOf = (err: string) =>
  [...err.matchAll(/^[\w.-]+:(\d+): (.*)$/gm)].map(([, line, message]) => `${line}: ${message}`);

test("names that types leave open, and what is gone, are listed with their lines, and stay", async () => {
  const program = `import { breakPot, createClient, describePot } from "@dezai/pots";

const client = createClient();
const shared = { PotName: "a" };
await describePot(client, shared);
const { Lost } = await client.describePot({ Name: "a", Kind: "b" } as Parameters<typeof client.describePot>[0]);
client.breakPot();
const body: any = await client.describePot({ Name: "a" });
export const unknown = [body.Title, Lost, breakPot];
await client.describePot({ Name: "a", PotName: "b" });
const key = "Title";
export const title = (await client.describePot({ Name: "a" }))[key];
`;
  const result = await migrated(await programFolder(), { "a.ts": program });
  expect(result.programs["a.ts"]).toBe(program);
  expect(result.code).toBe(1);
  expect(result.out).toBe("0 files changed; 8 names to change by hand.\n");
  expect(remarksOf(result.err)).toEqual([
    "1: breakPot was removed in version 0.2.0.",
    "5: PotName was renamed to Name in version 0.2.0. Change it where the object is created",
    "6: Kind was moved to Filter.Kind in version 0.2.0.",
    "6: Lost was removed in version 0.2.0.",
    "7: breakPot was removed in version 0.2.0.",
    "9: Title may be an old name: the type of the object is not known",
    "10: PotName was renamed to Name in version 0.2.0. Name is there, too",
    "12: Title was renamed to Heading in version 0.2.0.",
  ]);
});

test("two old names of one parameter are replaced once, and the other is listed", async () => {
  const state = (name: string) => ({
    SeePot: { parameters: [{ name, in: "query", schema: { type: "string" }, description: "The name." }] },
  });
  const states = ["PotName", "PotTitle", "Name"].map(state);
  const folder = await programFolder(packageFiles(await releasedProduct(states)));
  const program = (one: string) =>
    `import { createClient } from "@dezai/pots";\nawait createClient().seePot({ ${one}: "a", PotTitle: "b" });\n`;
  const { err, programs } = await migrated(folder, { "a.ts": program("PotName") });
  expect(programs["a.ts"]).toBe(program("Name"));
  expect(remarksOf(err)).toEqual(["2: PotTitle was renamed to Name in version 0.3.0. Name is there, too"]);
});

test("names of objects of unknown types are listed, however a file imports the package", async () => {
  const use = `const body = JSON.parse("{}");\nconst { Title, Other } = body;\nmodule.exports = [body.Title, Title, Other];\n`;
  const result = await migrated(await programFolder(), {
    "a.cjs": `require("@dezai/pots");\n${use}`,
    "b.mjs": `await import("@dezai/pots");\n${use}`,
    "c.mjs": use,
  });
  expect(result.out).toContain("4 names to change by hand");
  expect([...result.err.matchAll(/^(\w\.\w+:\d): Title may be an old name/gm)].map(([, at]) => at)).toEqual([
    "a.cjs:3",
    "a.cjs:4",
    "b.mjs:3",
    "b.mjs:4",
  ]);
});

test("imports of actions that moved are those of the other package, and methods of clients are listed", async () => {
  const { product, brand } = await releasedProduct([{ ListPots: {}, SeePan: {} }, { ListPots: {} }]);
  const base = { before: "", after: "", path: "", bump: "major", review: false, message: "" } as const;
  const released = (name: string, changes: readonly object[]) =>
    ({
      ...builtProduct(name === "pots" ? { ListPots: {} } : { SeePan: {} }).product,
      name,
      history: [{ version: "0.2.0", date: "2026-11-27", core: "0.1.0", changes }],
    }) as typeof product;
  const pots = released("pots", [{ ...base, rule: "action-moved-product", action: "SeePan", after: "pans" }]);
  const pans = released("pans", [{ ...base, rule: "action-moved-here", action: "SeePan", before: "pots" }]);
  const folder = await temporaryFolder();
  await writeConfig(folder);
  await install(folder, "pots", await packageFiles({ product: pots, brand }, [pans]));
  await install(folder, "pans", await packageFiles({ product: pans, brand }, [pots]));
  const before = `import { createClient, seePan, type SeePanParams } from '@dezai/pots';
import type { SeePanResponse } from "@dezai/pots";
import { seePan as alone } from "@dezai/pots/actions/SeePan"
export { seePan } from "@dezai/pots";
const params: SeePanParams = {};
const client = createClient();
export const bodies: Promise<SeePanResponse>[] = [seePan(client, params), alone(client)];
client.seePan();
`;
  const after = before
    .replace(
      `import { createClient, seePan, type SeePanParams } from '@dezai/pots';`,
      `import { createClient } from '@dezai/pots';\nimport { seePan, type SeePanParams } from '@dezai/pans';`,
    )
    .replace(`SeePanResponse } from "@dezai/pots"`, `SeePanResponse } from "@dezai/pans"`)
    .replace("@dezai/pots/actions/SeePan", "@dezai/pans/actions/SeePan")
    .replace(`export { seePan } from "@dezai/pots"`, `export { seePan } from "@dezai/pans"`);
  const result = await migrated(folder, { "a.ts": before });
  expect(result.programs["a.ts"]).toBe(after);
  expect(remarksOf(result.err)).toEqual(["8: seePan was moved to the package @dezai/pans in version 0.2.0."]);
  expect((await migrated(folder, result.programs)).programs["a.ts"]).toBe(after);
});

const program = `import { listPots } from "@dezai/pots";\nexport const list = listPots;\n`;

test("a file that cannot be read is an error, and no other file is changed", async () => {
  const folder = await programFolder();
  await writeFile(join(folder, "good.ts"), program);
  await writeFile(join(folder, "latin.ts"), Buffer.from("// \xe9\n", "latin1"));
  await mkdir(join(folder, "folder.ts"));
  const files = ["good.ts", "latin.ts", "folder.ts", "missing.ts"];
  const { code, err } = await actiongen(["migrate", ...files], { cwd: folder });
  expect(code).toBe(1);
  expect(err).toMatch(
    /folder\.ts: .*folder\n.*\nlatin\.ts: is not encoded as UTF-8\n.*\nmissing\.ts: does not exist/,
  );
  expect(await readFile(join(folder, "good.ts"), "utf8")).toBe(program);
});

test("a file that is no program is listed and stays; one behind a link keeps its link and its mode", async () => {
  const folder = await programFolder();
  await writeFile(join(folder, "real.ts"), program);
  await chmod(join(folder, "real.ts"), 0o755);
  await symlink("real.ts", join(folder, "link.ts"));
  const broken = `import { listPots } from "@dezai/pots";\nexport const = listPots;\n`;
  await writeFile(join(folder, "broken.ts"), broken);
  const page = `<script setup lang="ts">\nimport { listPots } from "@dezai/pots";\n</script>\n`;
  await writeFile(join(folder, "page.vue"), page);
  const { code, out, err } = await actiongen(["migrate", "link.ts", "broken.ts", "page.vue"], {
    cwd: folder,
  });
  expect(code).toBe(1);
  expect(err).toMatch(/^broken\.ts:2: Variable declaration expected.*\n {2}help: Correct it/);
  expect(err).toContain("\npage.vue: is not a TypeScript or JavaScript file");
  expect(out).toContain("1 file changed, 2 not read; 0 names to change by hand.\n");
  expect(await readFile(join(folder, "page.vue"), "utf8")).toBe(page);
  expect(await readFile(join(folder, "broken.ts"), "utf8")).toBe(broken);
  expect(await readFile(join(folder, "real.ts"), "utf8")).toBe(program.replaceAll("listPots", "listAllPots"));
  expect((await stat(join(folder, "real.ts"))).mode & 0o777).toBe(0o755);
});

test("a migration.json that is damaged is an error; one of another tool is ignored", async () => {
  const folder = await programFolder();
  const file = join(folder, "node_modules/@dezai/pots/migration.json");
  const data = JSON.parse(await readFile(file, "utf8"));
  await writeFile(
    file,
    JSON.stringify({ ...data, exports: [{ ...data.exports[0], new: "x from 'evil'" }] }, null, 2),
  );
  const result = await migrated(folder, { "a.ts": program });
  expect(result).toMatchObject({ code: 1, programs: { "a.ts": program } });
  expect(result.err).toContain("node_modules/@dezai/pots/migration.json:");
  await writeFile(file, `{"name": "of another tool"}`);
  expect(await migrated(folder, { "a.ts": program })).toMatchObject({
    code: 0,
    programs: { "a.ts": program },
  });
});
