import { join } from "node:path";
import { formatDiagnostics } from "../diagnostic.js";
import { type Accepted, readAccepted } from "../diff/accepted.js";
import { changesBetween } from "../diff/between.js";
import type { Change } from "../diff/change.js";
import { messageOf } from "../diff/messages.js";
import { highestBump, nothingChanges, type Report, reportOf } from "../diff/report.js";
import { createTemplates } from "../emit/templates.js";
import { readTree } from "../files.js";
import { oneLine } from "../text.js";
import { toolkitFolder } from "../toolkit.js";
import { formatChanges } from "./print-changes.js";
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
  const changes = await changesBetween(before, after ?? spec, spec);
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
    const kind = failOn === "major" ? "breaking" : "breaking or for review";
    const fingerprints = failing.map(({ fingerprint }) => fingerprint).join(", ");
    console.error(`${count(failing.length, "change")} not accepted (${kind}): ${fingerprints}`);
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
      message: messageOf(change),
      accepted: accepted?.fingerprints.has(change.fingerprint) ?? false,
    })),
  };
}

async function markdownOf(title: string, { causes, bumps }: Report): Promise<string> {
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates/diff")));
  return templates.render("report.md.hbs", {
    title,
    nothingChanges,
    bumps: Object.entries(bumps).map(([name, bump]) => ({ name, bump })),
    causes: causes.map(({ title: cause, sections }) => ({
      title: cause,
      sections: sections.map(({ title: section, lines }) => ({
        title: section,
        lines: lines.map(({ messages, ...line }) => ({ ...line, message: messages.join("; ") })),
      })),
    })),
  });
}

function printReport(title: string, changes: readonly Change[]): void {
  const lines = formatChanges(changes);
  console.log([oneLine(title), ...(lines.length === 0 ? ["", nothingChanges] : lines)].join("\n"));
}
