import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readRegularFile } from "./files.js";
import { readAllowances } from "./secret-scan/allowed.js";
import { findSuspects } from "./secret-scan/rules.js";

/**
 * Looks for secrets in every committed file. `scripts/secret-scan/allowed.yaml` lists what looks like one and is none. The exit
 * code is 1 if there is anything else. Values are not printed, since logs of CI are public.
 */
const allowedFile = "scripts/secret-scan/allowed.yaml";
const allowances = readAllowances(readFileSync(allowedFile, "utf8"));
const problems: string[] = [];
const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(existsSync);
for (const path of files) {
  const text = readRegularFile(path).toString("utf8");
  for (const suspect of await findSuspects({ path, text })) {
    if (allowances.isAllowed(suspect)) continue;
    const { file, line, kind, value } = suspect;
    problems.push(`${file}:${line}: looks like ${kind}: ${value.slice(0, 4)}… (${value.length} characters)`);
  }
}
for (const reason of allowances.unused())
  problems.push(`${allowedFile}: nothing needs the entry "${reason}"`);
if (problems.length > 0) {
  const advice = `If it is a secret, revoke it: it stays in the history. If it is none, add it to ${allowedFile} with the reason.`;
  console.error([...problems, advice].join("\n"));
  process.exitCode = 1;
}
