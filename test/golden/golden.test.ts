import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generated } from "../support/generated.js";

/**
 * Each folder is a case: `spec/` is the input, `expected/` contains the generated files. After an intended change, run
 * `npx vitest run test/golden -u` to update `expected/`, and read the difference.
 */
const here = fileURLToPath(new URL(".", import.meta.url));
const cases = (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory());

/** Compares all files of the case `shapes` that can differ; of the others, the modules and pages of actions. */
function isCompared(name: string, path: string): boolean {
  if (name === "shapes")
    return !/^packages\/core\/|\/LICENSE$|\/tsconfig\.json$|\.css$|^contract\/(cases\.schema|wire-format)\./.test(
      path,
    );
  return /\/src\/actions\/|^docs\/[^/]+\/(?!index\.)[^/]+\.md$/.test(path);
}

describe.each(cases.map(({ name }) => name))("%s", async (name) => {
  const files = [...(await generated(`${here}${name}/spec`))].filter(([path]) => isCompared(name, path));

  test.each(files)("generates %s", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`${here}${name}/expected/${path}`);
  });

  test("generates no other files", async () => {
    const entries = await readdir(`${here}${name}/expected`, { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const expected = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => `${parentPath}/${file}`.split("/expected/")[1]);
    expect(expected.sort()).toEqual(files.map(([path]) => path).sort());
  });
});
