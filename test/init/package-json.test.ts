import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { printPackageJson } from "../../scripts/init/package-json.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** The changed lines of a package.json; those of added scripts but the first are left out. */
async function changed(text: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "package.json"), text);
  const printed = await printPackageJson(folder, new Diagnostics());
  return (printed?.text ?? "").replace(/,\s*"generate"[^}]*"actiongen mock"/s, "");
}

const script = '"transcribe": "actiongen transcribe spec/pages"';

test.each([
  ["{}", `{\n  "scripts": {\n    ${script}\n  },\n  "devDependencies": {\n    "actiongen": "^V"\n  }\n}`],
  [
    '{\r\n    "scripts": {},\r\n    "devDependencies": { "x": "1" }\r\n}\r\n',
    `{\r\n    "scripts": {\r\n        ${script}\r\n    },\r\n    "devDependencies": { "x": "1",\r\n        "actiongen": "^V" }\r\n}\r\n`,
  ],
  [
    '{\n\t"dependencies": { "actiongen": "1" },\n\t"files": ["a", "b"]\n}\n',
    `{\n\t"dependencies": { "actiongen": "1" },\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t${script}\n\t}\n}\n`,
  ],
])("entries are added to %j as it is formatted", async (text, expected) => {
  expect((await changed(text)).replace(/\^\d+\.\d+\.\d+/, "^V")).toBe(expected);
});
