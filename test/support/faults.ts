import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";
import { documentPath, type Edit } from "./spec-folder.js";

/** The faults of a specification folder, with the folder's own name left out. */
export async function faultsOf(folder: string): Promise<string> {
  const error = await load(folder).then(
    () => expect.fail("no fault was found"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.message.replaceAll(`${relative(process.cwd(), folder)}/`, "");
}

export const document = (from: string, to: string): Edit => [documentPath, from, to];
export const config = (from: string, to: string): Edit => ["actiongen.yaml", from, to];

/** Checks that a report has this fault, and that the line it names holds `at`. */
export async function expectFault(folder: string, file: string, at: string, message: string): Promise<void> {
  const report = await faultsOf(folder);
  const lines = (await readFile(join(folder, file), "utf8")).split("\n");
  const places = [...report.matchAll(/^(.*?):(?:(\d+):)? (.*)\n {2}help: (.*)$/gm)].map(
    ([, path, line, text, help]) => `${path}: ${lines[Number(line) - 1]?.trim()}: ${text} (${help})`,
  );
  expect(places.join("\n")).toContain(`${file}: ${at}: ${message}`);
}
