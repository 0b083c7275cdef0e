import type { Change } from "../diff/change.js";
import { messageOf } from "../diff/messages.js";
import type { Bump } from "../diff/rules.js";
import type { ReleasedChange } from "../model/release.js";

/** A change as the history records it. */
export function releasedChange(change: Change): ReleasedChange {
  const { rule, action, path, before, after, bump, review } = change;
  return { rule, action, path, before, after, bump, review, message: messageOf(change) };
}

/** A change of a package that no difference of the models explains. */
function packageChange(
  rule: string,
  bump: Bump,
  message: string,
  { path = "", before = "", after = "" } = {},
): ReleasedChange {
  return { rule, action: "", path, before, after, bump, review: false, message };
}

/** The change of a package whose files changed although its API did not. */
export const generatedCode = packageChange("generated-code", "patch", "generated code, with the same API");

/** The change of a product whose core package is not compatible with that of its last release. */
export function coreVersion(core: string, before: string, after: string): ReleasedChange {
  const message = `depends on ${core} ${after}, which is not compatible with ${before}`;
  return packageChange("core-version", "major", message, { path: core, before, after });
}

/**
 * What changed of the exports of a package, by its lists of them, `api.md`. These do not say whether programs compile after a
 * signature has changed: if they do not, somebody writes a higher version in `versions.json`.
 */
export function exportChanges(before: string, after: string): ReleasedChange[] {
  const [old, current] = [exportsOf(before), exportsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), current.get(name)];
    const values = { path: name, before: was ?? "", after: is ?? "" };
    if (was === is) return [];
    if (is === undefined) return [packageChange("export-removed", "major", `${name} removed`, values)];
    if (was === undefined) return [packageChange("export-added", "minor", `new export ${name}`, values)];
    const message = `signature of ${name} changed: was ${was}, now ${is}`;
    return [packageChange("export-changed", "minor", message, values)];
  });
}

/** Signatures by entry and name, those of members by that of their type, too: "@acme/core/node Settings.profile". */
function exportsOf(list: string): Map<string, string> {
  const found = new Map<string, string>();
  let [entry, type] = ["", ""];
  for (const line of list.split("\n")) {
    entry = /^## `(.*)`$/.exec(line)?.[1] ?? entry;
    const [, indent, , signature] = /^( *)- (`+) ?(.*?) ?\2(?: \(deprecated\))?$/.exec(line) ?? [];
    const name = keywords.exec(signature ?? "")?.[1];
    if (signature === undefined || name === undefined) continue;
    if (indent === "") type = name;
    const key = `${entry} ${indent === "" ? name : `${type}.${name}`}`;
    found.set(key, [found.get(key), signature].filter(Boolean).join("; "));
  }
  return found;
}

const keywords = /^(?:(?:abstract|class|interface|type|enum|const|function|static|readonly) )*(["'[]?[\w$]+)/;
