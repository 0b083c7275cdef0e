import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inject } from "vitest";

/**
 * Creates a project in which the packed packages and all tools are installed.
 *
 * @param files contents by path.
 * @returns its folder, which is removed with the tools.
 */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(inject("toolsFolder"), "project-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Path of a file of a tool. */
export const toolFile = (path: string): string => join(inject("toolsFolder"), "node_modules", path);
