import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Path of the document that tests edit, in a specification folder. */
export const documentPath = "umem/DescribeUMemBackupURL.openapi.yaml";

/** Replacement in a file. The file must contain `from`. */
export type Edit = readonly [path: string, from: string, to: string];

/** Creates a folder that is removed when the test finishes. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "actiongen-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Creates an edited copy of test/data/spec, which is independent of the real specification. */
export async function specFolder(...edits: readonly Edit[]): Promise<string> {
  const folder = await temporaryFolder();
  await cp("test/data/spec", folder, { recursive: true });
  for (const [path, from, to] of edits) await edit(join(folder, path), from, to);
  return folder;
}

/**
 * Replaces the first occurrence of a string in a file, at once, so that a program that watches it never reads a part of it.
 *
 * @throws Error if there is none.
 */
export async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain ${JSON.stringify(from)}`);
  const edited = `${dirname(file)}/.${basename(file)}`;
  await writeFile(
    edited,
    text.replace(from, () => to),
  );
  await rename(edited, file);
}
