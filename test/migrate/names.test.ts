import { describe, expect, test } from "vitest";
import { migrated, packageFilesAfter, packageFilesBefore, programFolder } from "../support/migrated.js";
import { once } from "../support/once.js";
import { errorsIn, packageFiles, releasedProduct } from "../support/released-package.js";

/** A program of the version before, and the same program after the migration: nothing else may change. */
const old = `import { createClient,   describePot, listPots, type DescribePotParams, type ListPotsParams } from "@dezai/pots";
import { validateListPots } from '@dezai/pots/actions/ListPots';
import * as pots from "@dezai/pots"
export { listPots as list, listPots } from "@dezai/pots";

// listPots and PotName stay in a comment, and in "PotName".
const client = createClient();
const none: ListPotsParams = {};
await listPots(client,   none); await client.listPots(none);
export const functions = { listPots, validateListPots };
const params: DescribePotParams = { PotName: "PotName", Disks: [ { Size: 1 } ] };
const { Title, Items = [] } = await client.describePot({ "PotName": 'a' });
const body = await describePot(client, params);
export const read = [body.Title, body.Items?.[0]?.Size, body['Title'], Items.map(({ Size: size }) => size), Title];
const PotName = "x";
for (const pot of [PotName]) await pots.describePot(client, { PotName: pot, Filter: { Color: "red" } });
await client.describePot({ PotName });
await pots.listPots(client);
export type Names = DescribePotParams["PotName"] | pots.ListPotsParams;
export type Some = Pick<DescribePotParams, "PotName" | "Disks">;
function listed(Size: number) { const mine = { Title: 1, Size }; return mine.Size + mine.Title; }
export const byName = Object.values(body.ByName ?? {}).map((pot) => pot.Age).concat(String(listed(1)));
let Heading: string | undefined, size: number | undefined;
({ Title: Heading, Items: [{ Size: size = 1 } = {} as never] = [] } = body);
for ({ Size: size } of Items) await client.describePot({ ["PotName"]: String("Title" in body || Heading || size) });
`;
const current = `import { createClient,   describePot, listAllPots, type DescribePotParams, type ListAllPotsParams } from "@dezai/pots";
import { validateListAllPots } from '@dezai/pots/actions/ListAllPots';
import * as pots from "@dezai/pots"
export { listAllPots as list, listAllPots as listPots } from "@dezai/pots";

// listPots and PotName stay in a comment, and in "PotName".
const client = createClient();
const none: ListAllPotsParams = {};
await listAllPots(client,   none); await client.listAllPots(none);
export const functions = { listPots: listAllPots, validateListPots: validateListAllPots };
const params: DescribePotParams = { Name: "PotName", Disks: [ { Capacity: 1 } ] };
const { Heading: Title, Items = [] } = await client.describePot({ "Name": 'a' });
const body = await describePot(client, params);
export const read = [body.Heading, body.Items?.[0]?.Capacity, body['Heading'], Items.map(({ Capacity: size }) => size), Title];
const PotName = "x";
for (const pot of [PotName]) await pots.describePot(client, { Name: pot, Filter: { Color: "red" } });
await client.describePot({ Name: PotName });
await pots.listAllPots(client);
export type Names = DescribePotParams["Name"] | pots.ListAllPotsParams;
export type Some = Pick<DescribePotParams, "Name" | "Disks">;
function listed(Size: number) { const mine = { Title: 1, Size }; return mine.Size + mine.Title; }
export const byName = Object.values(body.ByName ?? {}).map((pot) => pot.Years).concat(String(listed(1)));
let Heading: string | undefined, size: number | undefined;
({ Heading: Heading, Items: [{ Capacity: size = 1 } = {} as never] = [] } = body);
for ({ Capacity: size } of Items) await client.describePot({ ["Name"]: String("Heading" in body || Heading || size) });
`;

/** Errors of a program that is compiled with a version of the package. */
async function errorsWith(files: Promise<Map<string, string>>, program: string): Promise<string[]> {
  return errorsIn(await programFolder(files), { "a.ts": program })["a.ts"];
}

describe("a program of the version before", () => {
  test("compiles with that version, and after the migration with one that has no old names any more", async () => {
    expect(await errorsWith(packageFilesBefore(), old)).toEqual([]);
    expect(await errorsWith(packageFilesAfter("0.4.0"), current)).toEqual([]);
  });

  test("is changed in these names only, and once", async () => {
    const folder = await programFolder();
    const preview = await migrated(folder, { "a.ts": old }, "--dry-run");
    expect(preview).toMatchObject({ code: 0, err: "", programs: { "a.ts": old } });
    expect(preview.out).toContain("a.ts:9:\n- listPots\n+ listAllPots\n");
    expect(preview.out).toMatch(/\n1 file would change; 0 names to change by hand\.\n$/);
    const result = await migrated(folder, { "a.ts": old });
    expect(result.programs["a.ts"]).toBe(current);
    expect(result.out).toBe(preview.out.replace("would change", "changed"));
    const again = await migrated(folder, result.programs);
    expect(again).toMatchObject({ code: 0, out: "0 files changed; 0 names to change by hand.\n" });
    expect(again.programs["a.ts"]).toBe(current);
  });

  test("is changed also if the version that is installed has no old names any more", async () => {
    const { programs } = await migrated(await programFolder(packageFilesAfter("0.4.0")), { "a.ts": old });
    expect(programs["a.ts"]).toBe(current);
  });
});

/** Programs before and after the migration: a file has a byte order mark and other line ends, which stay. */
const imports: Readonly<Record<string, readonly [before: string, after: string]>> = {
  "with the new name": [
    `import { listAllPots, listPots } from "@dezai/pots";\r\nexport const both = [listAllPots, listPots];`,
    `import { listAllPots } from "@dezai/pots";\r\nexport const both = [listAllPots, listAllPots];`,
  ],
  "with the new name as a type": [
    `import { listPots, type listAllPots } from "@dezai/pots";\r\nexport const one: typeof listAllPots = listPots;`,
    `import { listAllPots as listPots, type listAllPots } from "@dezai/pots";\r\nexport const one: typeof listAllPots = listPots;`,
  ],
  "by another name": [
    `import { listPots as all } from "@dezai/pots";\r\nexport const one = all;`,
    `import { listAllPots as all } from "@dezai/pots";\r\nexport const one = all;`,
  ],
  "where the new name is that of something else": [
    `import { listPots } from "@dezai/pots";\r\nconst listAllPots = 1;\r\nexport const two = [listPots, listAllPots];`,
    `import { listAllPots as listPots } from "@dezai/pots";\r\nconst listAllPots = 1;\r\nexport const two = [listPots, listAllPots];`,
  ],
  "and hidden by another one": [
    `import { listPots } from "@dezai/pots";\r\nexport const f = (listPots: number) => listPots;\r\nexport const g = listPots;`,
    `import { listAllPots } from "@dezai/pots";\r\nexport const f = (listPots: number) => listPots;\r\nexport const g = listAllPots;`,
  ],
  "when it is needed": [
    `const { listPots } = await import("@dezai/pots");\r\nexport { listPots };`,
    `const { listAllPots: listPots } = await import("@dezai/pots");\r\nexport { listPots };`,
  ],
  "by a JavaScript file": [
    `const { createClient, listPots } = require("@dezai/pots");\r\nlistPots(createClient()).then((body) => body.RetCode);`,
    `const { createClient, listAllPots: listPots } = require("@dezai/pots");\r\nlistPots(createClient()).then((body) => body.RetCode);`,
  ],
};

describe("a name is imported", () => {
  const nameOf = (index: number, what: string) =>
    `import-${index}.${what.includes("JavaScript") ? "cjs" : "ts"}`;
  const files = (side: 0 | 1) =>
    Object.fromEntries(
      Object.entries(imports).map(([what, sides], index) => [
        nameOf(index, what),
        `\ufeff// A comment\r\n${sides[side]}`,
      ]),
    );
  const results = once(async () => await migrated(await programFolder(), files(0)));

  test.each(Object.keys(imports).map((what, index) => ({ what, file: nameOf(index, what) })))(
    "$what",
    async ({ file }) => {
      expect((await results()).programs[file]).toBe(files(1)[file]);
    },
  );
});

/** Imports of an export that was renamed twice, by both old names. */
test.each<[what: string, before: string, after: string]>([
  [
    "one import",
    `import { listPots, seePots } from "@dezai/pots";\nexport const two = [listPots, seePots];\n`,
    `import { listAllPots, listAllPots as seePots } from "@dezai/pots";\nexport const two = [listAllPots, seePots];\n`,
  ],
  [
    "two imports",
    `import { listPots } from "@dezai/pots/actions/ListPots";\nimport { seePots } from "@dezai/pots/actions/SeePots";\nexport const two = [listPots, seePots];\n`,
    `import { listAllPots } from "@dezai/pots/actions/ListAllPots";\nimport { listAllPots as seePots } from "@dezai/pots/actions/ListAllPots";\nexport const two = [listAllPots, seePots];\n`,
  ],
  [
    "an import that has the new name",
    `import { listAllPots, listPots, seePots } from "@dezai/pots";\nexport const two = [listPots, seePots, listAllPots];\n`,
    `import { listAllPots } from "@dezai/pots";\nexport const two = [listAllPots, listAllPots, listAllPots];\n`,
  ],
])("two old names of one export in %s are each declared once", async (_, before, after) => {
  const renames = { SeePots: "ListPots", ListPots: "ListAllPots" };
  const states = [{ SeePots: {} }, { ListPots: {} }, { ListAllPots: {} }];
  const folder = await programFolder(packageFiles(await releasedProduct(states, renames)));
  const { code, programs } = await migrated(folder, { "a.ts": before });
  expect({ code, programs }).toEqual({ code: 0, programs: { "a.ts": after } });
  expect(errorsIn(folder, programs)).toEqual({ "a.ts": [] });
});

test("a file with an expression of thousands of terms is read", async () => {
  const sum = Array.from({ length: 10_000 }, () => `"x"`).join(" + ");
  const before = `import { listPots } from "@dezai/pots";\nexport const text = ${sum};\nexport const list = listPots;\n`;
  const { code, programs } = await migrated(await programFolder(), { "a.ts": before });
  expect(code).toBe(0);
  expect(programs["a.ts"]).toBe(before.replaceAll("listPots", "listAllPots"));
});
