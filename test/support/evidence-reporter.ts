import type { Reporter, TestModule } from "vitest/node";
import type { Evidence } from "./evidence.js";

/** Reporter that prints the rows of {@link Evidence} as one table, after the results of the tests. */
export default class EvidenceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const rows = tests.flatMap((test) =>
      (test.meta().evidence ?? []).map((row) => ({ ...row, isMet: test.result().state === "passed" })),
    );
    const cells = rows.map(({ what, measured, limit, isMet }) => [
      what,
      measured,
      limit,
      isMet ? "yes" : "NO",
    ]);
    for (const line of table([["evidence", "measured", "limit", "met"], ...cells])) console.log(line);
    for (const { what, tolerated = [] } of rows) {
      if (tolerated.length === 0) continue;
      console.log(`\nTolerated in "${what}":`);
      for (const one of tolerated) console.log(`  ${one}`);
    }
  }
}

/** Lines of a table whose columns are aligned. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
