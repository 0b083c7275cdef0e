import { describe, expect, test } from "vitest";
import { migrated, packageFilesAfter, programFolder } from "../support/migrated.js";

/** Where the old names are: `line: message`. */
const remarksOf = (err: string) =>
  [...err.matchAll(/^[\w.-]+:(\d+): (.*)$/gm)].map(([, line, message]) => `${line}: ${message}`);

describe("old names of objects that are created elsewhere", () => {
  test.each([
    ["0.2.0", "accepts them"],
    ["0.4.0", "does not know them any more"],
  ])("are listed wherever these are used, with version %s, which %s", async (version) => {
    const program = `import { createClient, describePot, type DescribePotParams, type DescribePotResponse } from "@dezai/pots";
const client = createClient();
const shared = { PotName: "a" };
const disks = [{ Size: 1 }];
const all = { Name: "a", Disks: [{ Size: 1 }], Filter: { Kind: "b" } };
await describePot(client, { ...shared, Disks: [] });
await describePot(client, { Name: "a", Disks: disks });
await client.describePot({ Name: "a", Disks: [...disks, disks[0]] });
await client.describePot(all);
export const make = (): DescribePotParams => { const one = { PotName: "a" }; return one; };
const ByName = { a: { Age: "b" } };
export const body: Partial<DescribePotResponse> = { ByName };
function current() { return Math.random() > 0.5 ? { Name: "a" } : { Name: "b", PotName: "b" }; }
await client.describePot(Math.random() > 0.5 ? make() : current());
await client.describePot({ Name: "a", PotName: "b", Disks: [{ Size: 1, Capacity: 2 }] });
export const other: { Size: number }[] = disks;
`;
    const result = await migrated(await programFolder(packageFilesAfter(version)), { "a.ts": program });
    expect(result.programs["a.ts"]).toBe(program);
    const there = "Change it where the object is created";
    const size = "Size was renamed to Capacity in version 0.2.0.";
    const name = "PotName was renamed to Name in version 0.2.0.";
    expect(remarksOf(result.err)).toEqual([
      `6: ${name} ${there}`,
      `7: ${size} ${there}`,
      `8: ${size} ${there}`,
      `8: ${size} ${there}`,
      `9: ${size} ${there}`,
      `10: ${name} ${there}`,
      `12: Age was renamed to Years in version 0.2.0. ${there}`,
      `14: ${name} ${there}`,
      `15: ${name} Name is there, too`,
      `15: ${size} Capacity is there, too`,
    ]);
    expect(result.code).toBe(1);
  });

  test("are replaced where another file of the run creates them", async () => {
    const result = await migrated(await programFolder(), {
      "pot.ts": `import type { DescribePotParams } from "@dezai/pots";\nexport const pot: DescribePotParams = { PotName: "a" };\n`,
      "a.ts": `import { describePot, createClient } from "@dezai/pots";\nimport { pot } from "./pot.js";\nawait describePot(createClient(), { ...pot, Disks: [] });\n`,
    });
    expect(result.out).toContain("1 file changed; 0 names to change by hand.");
    expect(result.programs["pot.ts"]).toContain('{ Name: "a" }');
  });
});

test("types that contain themselves in many fields are searched once", async () => {
  const names = Array.from({ length: 8 }, (_, at) => `F${at}`);
  const program = `import { createClient } from "@dezai/pots";
interface Tree { PotName: string; Disks: Tree[]; ${names.map((name) => `${name}: Tree`).join("; ")} }
declare const tree: Tree;
await createClient().describePot(tree as never as Tree);
await createClient().describePot(tree);
`;
  const result = await migrated(await programFolder(packageFilesAfter("0.2.0")), { "a.ts": program });
  expect(remarksOf(result.err).map((remark) => remark.slice(0, 10))).toContain("5: PotName");
});
