import type { Log, PhysicalLocation, Result } from "sarif";
import { compare } from "../text.js";
import { toolkitPackage } from "../toolkit.js";
import { fingerprints } from "./baseline.js";
import { type Finding, isNote } from "./findings.js";
import { titleOf } from "./kinds.js";

/**
 * Errors and warnings in SARIF 2.1.0, which code hosts show beside the lines of a change. Notes need no action, so they
 * are left out. Paths are relative to the working directory, which should be the root of the repository.
 */
export function sarifText(findings: readonly Finding[]): string {
  const shown = findings.filter((finding) => !isNote(finding));
  const prints = fingerprints(shown, ".");
  const codes = [...new Set(shown.map(({ code }) => code))].sort(compare);
  const rules = codes.map((id) => ({ id, shortDescription: { text: titleOf(id) } }));
  const results = shown.map(
    (finding): Result => ({
      ruleId: finding.code,
      ruleIndex: codes.indexOf(finding.code),
      level: finding.severity === "error" ? "error" : "warning",
      message: { text: `${finding.message}\n${finding.help}` },
      locations: [{ physicalLocation: locationOf(finding) }],
      partialFingerprints: { "actiongen/v1": prints.get(finding) ?? "" },
    }),
  );
  const driver = { name: "actiongen", version: toolkitPackage.version, rules };
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locationOf({ file, line }: Finding): PhysicalLocation {
  const artifactLocation = { uri: uriOf(file) };
  return line > 0 ? { artifactLocation, region: { startLine: line } } : { artifactLocation };
}

/** A relative URI. A path outside the working directory begins with `../`. */
function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
