import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";
import { documentPath, type Edit } from "./spec-folder.js";

/** Report of the problems in a specification folder, with paths relative to it. */
export async function errorsOf(folder: string): Promise<string> {
  const error = await load(folder).then(
    () => expect.fail("no error was reported"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.message.replaceAll(`${relative(process.cwd(), folder)}/`, "");
}

/** An edit of the document. */
export const document = (from: string, to: string): Edit => [documentPath, from, to];
/** An edit of the configuration. */
export const config = (from: string, to: string): Edit => ["actiongen.yaml", from, to];

/** Checks that the report contains this problem, and that its line in the file is `at`. */
export async function expectError(folder: string, file: string, at: string, message: string): Promise<void> {
  const report = await errorsOf(folder);
  const lines = (await readFile(join(folder, file), "utf8")).split("\n");
  const found = [...report.matchAll(/^(.*?):(?:(\d+):)? (.*)\n {2}help: (.*)$/gm)].map(
    ([, path, line, text, help]) => `${path}: ${lines[Number(line) - 1]?.trim()}: ${text} (${help})`,
  );
  expect(found.join("\n")).toContain(`${file}: ${at}: ${message}`);
}
