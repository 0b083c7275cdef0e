import { resolve } from "node:path";
import picomatch from "picomatch";
import { suggestion } from "../../templates/runtime/nearest.js";
import type { IgnoreEntry } from "../config.js";
import { toSlashes } from "../files.js";
import type { Finding } from "./findings.js";
import { knownCodes } from "./kinds.js";

/**
 * Removes the findings that match an entry of `transcribe.ignore`, and adds a note for each entry that matches none.
 *
 * @param configFile path of the configuration, for these notes.
 */
export function ignoreFindings(
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
  configFile: string,
): Finding[] {
  const matchers = entries.map(matcherOf);
  const used = new Set<IgnoreEntry>();
  const kept = findings.filter((finding) => {
    const matching = entries.filter((_, index) => matchers[index]?.(finding));
    for (const entry of matching) used.add(entry);
    return matching.length === 0;
  });
  const unused = entries.filter((entry) => !used.has(entry)).map((entry) => unusedNote(entry, configFile));
  return [...kept, ...unused];
}

/** A pattern without a leading folder matches the end of a path, as the paths of `transcribe.pages` do. */
function matcherOf({ code, path }: IgnoreEntry): (finding: Finding) => boolean {
  const isMatch =
    path === undefined ? () => true : picomatch(`**/${path.replace(/^\/+/, "")}`, { dot: true });
  return (finding) =>
    (code === undefined || finding.code === code) &&
    isMatch(toSlashes(resolve(finding.file)).replace(/^(?:[A-Za-z]:)?\//, ""));
}

function unusedNote({ code, path, line }: IgnoreEntry, file: string): Finding {
  const parts = Object.entries({ code, path }).filter(([, value]) => value !== undefined);
  const entry = parts.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(" and the ");
  const meant = code === undefined || knownCodes.includes(code) ? "" : suggestion(code, knownCodes);
  const message = `the entry with the ${entry} matches no finding of these pages${meant}`;
  const help =
    meant === "" ? "Remove the entry if it is no longer needed." : `Did you mean the code ${meant}?`;
  return { severity: "note", code: "ignore-unused", file, line, message, help };
}
