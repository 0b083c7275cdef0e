import { formatDiagnostics } from "../diagnostic.js";
import { migrate } from "../migrate/migrate.js";
import { oneLine } from "../text.js";
import { count } from "./printing.js";

interface MigrateOptions {
  readonly dryRun: boolean;
}

/**
 * Replaces old names of installed packages in programs, and prints each change.
 *
 * @returns whether every file is read, and nothing has to be changed by hand.
 */
export async function runMigrate(files: readonly string[], { dryRun }: MigrateOptions): Promise<boolean> {
  const result = await migrate(files, dryRun);
  for (const { file, line, before, after } of result.changes) {
    console.log(`${oneLine(file)}:${line}:`);
    if (before !== "") console.log(`- ${oneLine(before)}`);
    if (after !== "") console.log(`+ ${oneLine(after.trim())}`);
  }
  if (result.remarks.length > 0) console.error(formatDiagnostics(result.remarks));
  const verb = dryRun ? "would change" : "changed";
  const unread = result.unread === 0 ? "" : `, ${result.unread} not read`;
  const names = result.remarks.length - result.unread;
  console.log(`${count(result.files, "file")} ${verb}${unread}; ${count(names, "name")} to change by hand.`);
  return result.remarks.length === 0;
}
