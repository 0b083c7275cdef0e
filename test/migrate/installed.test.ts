import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { migrated, programFolder } from "../support/migrated.js";
import { writeConfig } from "../support/released-package.js";
import { temporaryFolder } from "../support/spec-folder.js";

const note = "Renamed in version 0.2.0.";

/** A folder with files, by path. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await writeConfig(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Content of the migration.json of a package. @param exports `from old to new` each. */
function migrationOf(name: string, ...exports: readonly string[]): string {
  const moved = exports.map((one) => {
    const [from, old, to = "", current = ""] = one.split(" ");
    return { from, old, to, new: current, note };
  });
  return JSON.stringify({ actiongen: 1, package: name, exports: moved, members: [] });
}

const program = (name: string, from = "@d/pots") =>
  `import { ${name} } from "${from}";\nexport const one = ${name};\n`;

test("a file gets the names of the package that it imports, the nearest one", async () => {
  const folder = await folderWith({
    "node_modules/@d/pots/migration.json": migrationOf("@d/pots", "@d/pots listPots @d/pots listAllPots"),
    "inner/node_modules/@d/pots/migration.json": migrationOf(
      "@d/pots",
      "@d/pots listPots @d/pots listInnerPots",
    ),
    "older/node_modules/@d/pots/package.json": "{}",
    "a.ts": program("listPots"),
    "inner/a.ts": program("listPots"),
    "older/a.ts": program("listPots"),
  });
  const { code } = await actiongen(["migrate", "a.ts", "inner/a.ts", "older/a.ts"], { cwd: folder });
  expect(code).toBe(0);
  const read = (path: string) => readFile(join(folder, path), "utf8");
  expect(await read("a.ts")).toBe(program("listAllPots"));
  expect(await read("inner/a.ts")).toBe(program("listInnerPots"));
  expect(await read("older/a.ts")).toBe(program("listPots"));
});

test.each(["apans", "pans"])(
  "an action that moved to %s and then got another name is replaced",
  async (other) => {
    const folder = await folderWith({
      "node_modules/@d/pots/migration.json": migrationOf("@d/pots", "@d/pots seePan"),
      [`node_modules/@d/${other}/migration.json`]: migrationOf(
        `@d/${other}`,
        `@d/pots seePan @d/${other} viewPan`,
      ),
    });
    const { programs } = await migrated(folder, { "a.ts": program("seePan") });
    expect(programs["a.ts"]).toBe(program("viewPan", `@d/${other}`));
  },
);

test("a name that is a string stays where it is imported from", async () => {
  const folder = await folderWith({
    "node_modules/@d/pots/migration.json": migrationOf("@d/pots", "@d/pots seePan @d/pans seePan"),
  });
  const rest = "export const both = [x, y, seePan];\n";
  const { programs } = await migrated(folder, {
    "a.ts": `import { "x-y" as x, seePan, y } from "@d/pots";\n${rest}`,
    "b.ts": `import { seePan, "x-y" as x, y } from "@d/pots";\n${rest}`,
    "c.ts": `import { seePan, "x-y" as x } from "@d/pots";\n`,
  });
  const kept = `import { "x-y" as x, y } from "@d/pots";\nimport { seePan } from "@d/pans";\n${rest}`;
  expect(programs).toEqual({
    "a.ts": kept,
    "b.ts": kept,
    "c.ts": `import { "x-y" as x } from "@d/pots";\nimport { seePan } from "@d/pans";\n`,
  });
});

test("names that lead back to themselves are listed, and the file stays", async () => {
  const folder = await folderWith({
    "node_modules/@d/pots/migration.json": migrationOf("@d/pots", "@d/pans seePan @d/pots seePan"),
    "node_modules/@d/pans/migration.json": migrationOf("@d/pans", "@d/pots seePan @d/pans seePan"),
  });
  const programs = { "a.ts": `// A pan\n${program("seePan")}`, "b.ts": program("other") };
  const result = await migrated(folder, programs);
  expect(result).toMatchObject({ code: 1, programs, out: "0 files changed; 1 name to change by hand.\n" });
  expect(result.err).toMatch(
    /^a\.ts:2: @d\/p[ao][nt]s and @d\/p[ao][nt]s are each the old name of the other, .*\n {2}help: Install the newest/,
  );
});

test.each([
  ["is not JSON", { "node_modules/@x/y/migration.json": "{ // a comment\n}" }],
  ["is a folder", { "node_modules/@x/y/migration.json/1.sql": "" }],
])("a migration.json of another tool that %s is ignored", async (_, other) => {
  const own = migrationOf("@d/pots", "@d/pots listPots @d/pots listAllPots");
  const folder = await folderWith({ "node_modules/@d/pots/migration.json": own, ...other });
  const { code, err, programs } = await migrated(folder, { "a.ts": program("listPots") });
  expect({ code, err, programs }).toEqual({ code: 0, err: "", programs: { "a.ts": program("listAllPots") } });
});

test("a migration.json of a package that is cut off is an error", async () => {
  const own = migrationOf("@d/pots", "@d/pots listPots @d/pots listAllPots").slice(0, -2);
  const folder = await folderWith({ "node_modules/@d/pots/migration.json": own });
  const { code, err } = await migrated(folder, { "a.ts": program("listPots") });
  expect(code).toBe(1);
  expect(err).toMatch(/^node_modules\/@d\/pots\/migration\.json.*\n {2}help: Install the package again/);
});

test("files where a folder of packages would be are ignored", async () => {
  const folder = await folderWith({
    "node_modules/@x": "",
    "node_modules/@d/file": "",
    "node_modules/@d/pots/migration.json": migrationOf("@d/pots", "@d/pots listPots @d/pots listAllPots"),
    "inner/node_modules": "",
    "inner/a.ts": program("listPots"),
  });
  expect(await actiongen(["migrate", "inner/a.ts"], { cwd: folder })).toMatchObject({ code: 0, err: "" });
  expect(await readFile(join(folder, "inner/a.ts"), "utf8")).toBe(program("listAllPots"));
});

test.each([
  ["imports of another scope", "@d/pots", "@aws/s3 get @d/pots get"],
  ["imports to another scope", "@d/pots", "@d/pots get @evil/pots get"],
  ["the names of another package", "@d/pans", "@d/pots get @d/pots fetch"],
  ["code in a name", "@d/pots", "@d/pots get @d/pots fetch,"],
  ["the path of another module", "@d/pots", "@d/pots actions/Get @d/pots ../actions/Get"],
])("a package that changes %s is an error", async (_, name, moved) => {
  const folder = await folderWith({ "node_modules/@d/pots/migration.json": migrationOf(name, moved) });
  const programs = { "a.ts": program("get"), "b.ts": program("get", "@aws/s3") };
  const result = await migrated(folder, programs);
  expect(result).toMatchObject({ code: 1, out: "", programs });
  expect(result.err).toContain("node_modules/@d/pots/migration.json:");
});

test("a program has the options of the tsconfig.json that includes it, if the nearest one only refers to others", async () => {
  const folder = await programFolder();
  const config = JSON.parse(await readFile(join(folder, "tsconfig.json"), "utf8"));
  const paths = { "@/*": ["./src/*"] };
  const app = { compilerOptions: { ...config.compilerOptions, composite: true, paths }, include: ["src"] };
  const programOf = (one: string) =>
    `import { client } from "@/api";\nexport const pots = client.${one}();\n`;
  const files = {
    "tsconfig.json": JSON.stringify({
      files: [],
      references: [
        { path: "./tsconfig.gone.json" },
        { path: "./tsconfig.node.json" },
        { path: "./tsconfig.app.json" },
      ],
    }),
    "tsconfig.node.json": JSON.stringify({ include: ["vite.config.ts"] }),
    "tsconfig.app.json": JSON.stringify(app),
    "src/api.ts": `import { createClient } from "@dezai/pots";\nexport const client = createClient();\n`,
    "src/a.ts": programOf("listPots"),
  };
  await mkdir(join(folder, "src"));
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  const { out } = await actiongen(["migrate", "src/a.ts"], { cwd: folder });
  expect(out).toContain("1 file changed; 0 names to change by hand.");
  expect(await readFile(join(folder, "src/a.ts"), "utf8")).toBe(programOf("listAllPots"));
});
