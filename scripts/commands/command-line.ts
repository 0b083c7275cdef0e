import { oneLine } from "../text.js";
import { commandLine } from "../toolkit.js";

/** A command that can be pasted into a shell. @param args arguments of this program, from which `omitted` is left out. */
export function shellCommand(args: readonly string[], omitted: string): string {
  return [commandLine, ...args.filter((arg) => arg !== omitted).map(shellArgument)].join(" ");
}

/** The command that prints all changes of a specification folder since a Git revision. */
export function diffCommand(revision: string, spec: string): string {
  return shellCommand(["diff", revision, ...(spec === "spec" ? [] : ["--spec", spec])], "");
}

/** An argument for a POSIX shell, on one line. */
export function shellArgument(arg: string): string {
  const text = oneLine(arg);
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
