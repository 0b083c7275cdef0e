import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { readSource } from "../files.js";
import { parseYaml, reporter } from "../openapi/yaml.js";
import type { Change } from "./change.js";

/** Changes that were reviewed. */
export interface Accepted {
  readonly fingerprints: ReadonlySet<string>;
  /** Entries of changes that do not exist, as warnings. */
  unused(changes: readonly Change[]): readonly Diagnostic[];
}

/**
 * Reads a file of accepted changes: a list of `{fingerprint, reason}` in YAML.
 *
 * @throws InputError with every problem of the file.
 */
export async function readAccepted(path: string): Promise<Accepted> {
  const diagnostics = new Diagnostics();
  const yaml = parseYaml(await readSource(path), diagnostics);
  diagnostics.throwIfAny();
  if (yaml === undefined) throw new Error("unreachable: a syntax error is a problem");
  const report = reporter(yaml, diagnostics);
  const help = "Write a list of entries with the fingerprint of a change, from --format json, and a reason.";
  const entries: { fingerprint: string; line: number }[] = [];
  const list = yaml.value ?? [];
  if (!Array.isArray(list)) report("accepted-form", [], "the file is not a list", help);
  for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
    const { fingerprint, reason } = (entry ?? {}) as Record<string, unknown>;
    if (typeof fingerprint !== "string" || !/^c[0-9a-f]{11}$/.test(fingerprint))
      report("accepted-form", [index], `fingerprint is ${JSON.stringify(fingerprint) ?? "missing"}`, help);
    else if (typeof reason !== "string" || reason.trim() === "")
      report("accepted-form", [index], `${fingerprint} has no reason`, help);
    else entries.push({ fingerprint, line: yaml.lineOf([index]) });
  }
  diagnostics.throwIfAny();
  return {
    fingerprints: new Set(entries.map(({ fingerprint }) => fingerprint)),
    unused: (changes) =>
      entries
        .filter(({ fingerprint }) => !changes.some((change) => change.fingerprint === fingerprint))
        .map(({ fingerprint, line }) => ({
          code: "accepted-unused",
          file: yaml.file,
          line,
          message: `${fingerprint} is the fingerprint of no change`,
          help: "Remove the entry, unless other states are compared as well.",
        })),
  };
}
