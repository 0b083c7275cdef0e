import { type ActionCoverage, type Coverage, floorFile, floorOf } from "../contract/coverage.js";
import { displayPath } from "../files.js";
import { writeWhole } from "../output/write.js";
import { oneLine } from "../text.js";

/** Prints how much of each action the recordings show, and what they do not. */
export function printCoverage(coverage: Coverage): void {
  const rows = [...coverage].map(([name, action]) => [name, ...figuresOf(action)]);
  const table = [["action", "parameters", "fields", "RetCodes"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    console.log(oneLine(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).trimEnd());
  for (const [name, { documented, parameters, fields }] of coverage) {
    const without = (all: object, shown: readonly string[]) => {
      const known = new Set(shown);
      return Object.keys(all).filter((path) => !known.has(path));
    };
    const missing = [...without(documented.parameters, parameters), ...without(documented.fields, fields)];
    if (missing.length > 0) console.log(oneLine(`${name} without: ${missing.join(", ")}`));
  }
}

function figuresOf({ parameters, fields, retCodes, documented }: ActionCoverage): string[] {
  const pairs = [
    [parameters, Object.keys(documented.parameters)],
    [fields, Object.keys(documented.fields)],
    [retCodes, documented.retCodes],
  ];
  return pairs.map(([shown, all]) => `${shown?.length}/${all?.length}`);
}

/** Writes what the recordings of a folder show as what they must at least show from now on. */
export async function updateCoverage(folder: string, coverage: Coverage): Promise<void> {
  await writeWhole(floorFile(folder), floorOf(coverage));
  console.log(`wrote ${displayPath(floorFile(folder))}`);
}
