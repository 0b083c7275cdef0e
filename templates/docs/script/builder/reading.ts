import { tryFlatten } from "../../../runtime/parameters.js";
import type { RequestData } from "../request-data.js";
import type { Control, Reading } from "./form.js";

/** What the form holds. */
export interface FormContent {
  /** Whether it can be sent. */
  readonly isValid: boolean;
  /** Parameters of the samples, with placeholders for required ones that are empty. */
  readonly sample: Record<string, unknown>;
  /** Parameters as on the wire; with the same placeholders unless they are valid. */
  readonly flat: Map<string, string>;
}

/** Reads a form, and shows the problem of each value at its control. @param isComplete also at controls not yet visited. */
export function readForm(form: Control, data: RequestData, isComplete: boolean): FormContent {
  const read = (isSample: boolean) => {
    const reading: Reading = { isSample, isComplete, unreadable: [], show: new Map() };
    const values = form.read("", reading) as Record<string, unknown>;
    return { ...reading, values, ...tryFlatten(values, data) };
  };
  const sample = read(true);
  const { issues, unreadable, show, flat } = read(false);
  const problems = new Map<string, string>();
  // The first problem of a value wins. The constructor of a value means nothing to a reader who typed it.
  for (const { path, problem } of [...issues].reverse())
    problems.set(controlPath(path, show), problem.replace(/^\(.*?\) /, ""));
  for (const [path, showProblem] of show) showProblem(problems.get(path) ?? "");
  const isValid = issues.length + unreadable.length === 0;
  return { isValid, sample: sample.values, flat: isValid ? flat : sample.flat };
}

/** The path of the control that holds a value: its own, or that of a control for JSON around it. */
function controlPath(path: string, controls: ReadonlyMap<string, unknown>): string {
  let found = path.replace(/\[(\d+)\]/g, ".$1");
  while (found.includes(".") && !controls.has(found)) found = found.slice(0, found.lastIndexOf("."));
  return found;
}
