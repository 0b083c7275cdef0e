import { join } from "node:path";
import { formatDiagnostics } from "../diagnostic.js";
import { type Accepted, readAccepted } from "../diff/accepted.js";
import type { Change } from "../diff/change.js";
import { compareModels } from "../diff/compare.js";
import { highestBump, type Report, reportOf } from "../diff/report.js";
import { withState } from "../diff/state.js";
import { createTemplates } from "../emit/templates.js";
import { readTree } from "../files.js";
import { oneLine } from "../text.js";
import { toolkitFolder } from "../toolkit.js";
import { count } from "./printing.js";

interface DiffOptions {
  readonly spec: string;
  readonly format: "text" | "markdown" | "json";
  /** Changes that make the command fail, unless they are accepted. */
  readonly failOn?: "major" | "review";
  /** File of accepted changes. */
  readonly accepted?: string;
}

/**
 * Prints what changed between two states of a specification, for programs that use its packages.
 *
 * @param after the newer state. Default: the specification folder.
 * @returns whether no change makes the command fail.
 */
export async function runDiff(
  before: string,
  after: string | undefined,
  options: DiffOptions,
): Promise<boolean> {
  const { spec, format, failOn, accepted: file } = options;
  const accepted = file === undefined ? undefined : await readAccepted(file);
  const changes = await withState(before, spec, (old) =>
    withState(after ?? spec, spec, async (current) =>
      compareModels(old.model, current.model, current.model.renames),
    ),
  );
  const title = `Changes from ${before} to ${after ?? "the working tree"}`;
  if (format === "json")
    console.log(JSON.stringify({ before, after: after ?? spec, ...jsonOf(changes, accepted) }, null, 2));
  else if (format === "markdown") process.stdout.write(await markdownOf(title, reportOf(changes)));
  else printReport(title, changes);
  const unused = accepted?.unused(changes) ?? [];
  if (unused.length > 0) console.error(formatDiagnostics(unused));
  const failing = changes.filter(
    (change) => failsOn(change, failOn) && !accepted?.fingerprints.has(change.fingerprint),
  );
  if (failing.length > 0) {
    const kind = failOn === "major" ? "breaking change" : "change to review or breaking change";
    console.error(
      `${count(failing.length, kind)} not accepted: ${failing.map(({ fingerprint }) => fingerprint).join(", ")}`,
    );
  }
  return failing.length === 0;
}

function failsOn({ bump, review }: Change, failOn: DiffOptions["failOn"]): boolean {
  return failOn !== undefined && (bump === "major" || (failOn === "review" && review));
}

function jsonOf(changes: readonly Change[], accepted: Accepted | undefined) {
  return {
    bump: highestBump(changes) ?? null,
    packages: reportOf(changes).bumps,
    changes: changes.map((change) => ({
      ...change,
      accepted: accepted?.fingerprints.has(change.fingerprint) ?? false,
    })),
  };
}

async function markdownOf(title: string, { sections, bumps }: Report): Promise<string> {
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates/diff")));
  return templates.render("report.md.hbs", {
    title,
    bumps: Object.entries(bumps).map(([name, bump]) => ({ name, bump })),
    sections: sections.map((section) => ({
      title: section.title,
      lines: section.lines.map(({ subject, messages }) => ({ subject, message: messages.join("; ") })),
    })),
  });
}

function printReport(title: string, changes: readonly Change[]): void {
  const { sections, bumps } = reportOf(changes);
  if (sections.length === 0) {
    console.log(`${oneLine(title)}: nothing changes for programs that use the packages.`);
    return;
  }
  console.log(oneLine(title));
  for (const section of sections) {
    console.log(`\n${section.title}`);
    for (const { subject, messages } of section.lines)
      console.log(`  ${oneLine(subject)}: ${messages.join("; ")}`);
  }
  const needed = Object.entries(bumps).map(([name, bump]) => `${oneLine(name)} ${bump}`);
  console.log(`\nVersions: ${needed.join(", ")}`);
}
