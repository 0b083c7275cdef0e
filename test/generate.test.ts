import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generate } from "../scripts/generate.js";
import { manifestName } from "../scripts/output/manifest.js";
import { contents } from "./support/contents.js";
import { documentPath, edit, specFolder, temporaryFolder } from "./support/spec-folder.js";

interface Folders {
  readonly spec: string;
  readonly out: string;
}

const action = "DescribeUMemBackupURL";

/** A second document, for another action. */
async function addDocument({ spec }: Folders, name: string): Promise<void> {
  const text = await readFile(join(spec, documentPath), "utf8");
  await writeFile(join(spec, `umem/${name}.openapi.yaml`), text.replaceAll(action, name));
}

async function replaceIn(file: string, from: RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, "utf8")).replace(from, to));
}

/** Events between two runs. */
const events: Readonly<Record<string, (folders: Folders, number: number) => Promise<void>>> = {
  "a description changes": ({ spec }, number) =>
    replaceIn(join(spec, documentPath), /ID of the backup.*/, `ID of the backup ${number}.`),
  "a table that documents refer to changes": ({ spec }, number) =>
    replaceIn(join(spec, "umem/retcodes.yaml"), /meaning: .*/, `meaning: Meaning ${number}.`),
  "the configuration changes": ({ spec }, number) =>
    replaceIn(join(spec, "actiongen.yaml"), /umem: .*/, `umem: UMem ${number}`),
  "a document is added": (folders, number) => addDocument(folders, `Describe${number % 3}`),
  "a document is removed": ({ spec }, number) =>
    rm(join(spec, `umem/Describe${number % 3}.openapi.yaml`), { force: true }),
  "an output is edited": ({ out }, number) =>
    writeFile(join(out, `docs/umem/${action}.md`), `edited ${number}`),
  "an output is deleted": ({ out }) => rm(join(out, "packages/umem/src/client.ts"), { force: true }),
  "the manifest has another input": ({ out }) =>
    replaceIn(join(out, manifestName), /"input": "[^"]*"/, '"input": "other"'),
  "the manifest has another output": ({ out }) =>
    replaceIn(join(out, manifestName), /"output": "[^"]*"/, '"output": "other"'),
  "a product is added": async ({ spec }, number) => {
    const text = await readFile(join(spec, documentPath), "utf8");
    await mkdir(join(spec, "other"), { recursive: true });
    const name = `DescribeOther${number % 2}`;
    const own = text.replaceAll(action, name).replace("$ref: retcodes.yaml", "$ref: ../umem/retcodes.yaml");
    await writeFile(join(spec, `other/${name}.openapi.yaml`), own);
  },
  "a product is removed": ({ spec }) => rm(join(spec, "other"), { recursive: true, force: true }),
};

test("after any events between runs, a folder is as if it had been generated at once", async () => {
  const step = fc.record({ what: fc.constantFrom(...Object.keys(events)), number: fc.nat(1000) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const folders = { spec: await specFolder(), out: await temporaryFolder() };
      await generate({ ...folders, check: false });
      for (const { what, number } of steps) {
        await events[what]?.(folders, number);
        await generate({ ...folders, check: false, allowRemoving: true });
        const fresh = await temporaryFolder();
        await generate({ spec: folders.spec, out: fresh, check: false });
        expect(await contents(folders.out)).toEqual(await contents(fresh));
        const again = await generate({ ...folders, check: false });
        expect([again.written, again.removed]).toEqual([[], []]);
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

test("a problem is reported in each run, and the files of an earlier run stay", async () => {
  const folders = { spec: await specFolder(), out: await temporaryFolder() };
  await addDocument(folders, "DescribeOther");
  await generate({ ...folders, check: false });
  const before = await contents(folders.out);
  await edit(join(folders.spec, documentPath), "name: SpaceId", "name: Space-Id");
  for (const run of ["cold", "warm"]) {
    const result = generate({ ...folders, check: false });
    await expect(result, run).rejects.toThrow('parameter "Space-Id" is not a valid identifier');
  }
  expect(await contents(folders.out)).toEqual(before);
  expect((await readdir(folders.out)).filter((name) => name.includes("staging"))).toEqual([]);
  await expect(generate({ ...folders, out: join(folders.out, "new/out"), check: false })).rejects.toThrow();
  expect(await readdir(folders.out)).not.toContain("new");
});

test("a document with a wrong path is reported although everything else is up to date", async () => {
  const folders = { spec: await specFolder(), out: await temporaryFolder() };
  await generate({ ...folders, check: false });
  await writeFile(join(folders.spec, "umem/not an action.openapi.yaml"), "openapi: 3.1.0\n");
  await expect(generate({ ...folders, check: false })).rejects.toThrow("not an action");
});
