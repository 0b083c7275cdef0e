import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Path, in a specification folder, of the document that tests bend. */
export const documentPath = "umem/DescribeUMemBackupURL.openapi.yaml";

/** One change to a file: the text that it must hold, and what comes in its place. */
export type Edit = readonly [path: string, from: string, to: string];

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the specification in test/data/spec, which stays as it is when the real one changes, with some edits. */
export async function specFolder(...edits: readonly Edit[]): Promise<string> {
  const folder = await temporaryFolder();
  await cp("test/data/spec", folder, { recursive: true });
  for (const [path, from, to] of edits) await edit(join(folder, path), from, to);
  return folder;
}

/** Replaces a text that a file must hold. */
export async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}
