import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generated } from "../support/generated.js";

/**
 * A folder here is a case: `spec/` is what goes in, `expected/` what comes out, but for the files that never
 * vary. After a change that is meant, `npx vitest run test/golden -u` writes `expected/` anew: read the difference.
 */
const here = fileURLToPath(new URL(".", import.meta.url));
const cases = (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const neverVaries = /^packages\/core\/|\/LICENSE$|\/tsconfig\.json$|\.css$/;

describe.each(cases.map(({ name }) => name))("%s", async (name) => {
  const files = await generated(`${here}${name}/spec`);
  const varying = [...files].filter(([path]) => !neverVaries.test(path));

  test.each(varying)("%s", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`${here}${name}/expected/${path}`);
  });

  test("nothing else is expected", async () => {
    const entries = await readdir(`${here}${name}/expected`, { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const expected = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => `${parentPath}/${file}`.split("/expected/")[1]);
    expect(expected.sort()).toEqual(varying.map(([path]) => path).sort());
  });
});
