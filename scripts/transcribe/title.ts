import { isIdentifier } from "../model/names.js";
import type { Block } from "./blocks.js";
import type { Findings } from "./findings.js";
import { finder, sections } from "./layout.js";
import type { PageRow } from "./rows.js";

/** What the title of a page says. */
export interface Title {
  readonly action: string;
  readonly summary: string;
  readonly line: number;
}

const isLayoutWord = finder(sections);

/**
 * Reads `# summary - Action`, and holds it against the action that the public parameters name. A page that has
 * neither describes no action, which is a fault.
 */
export function readTitle(
  blocks: readonly Block[],
  publicParameters: readonly PageRow[],
  findings: Findings,
): Title | undefined {
  const heading = blocks.find((block) => block.kind === "heading" && block.level === 1);
  const text =
    heading?.kind === "heading" && isLayoutWord(heading.text) === undefined ? heading.text.trim() : "";
  const line = heading?.line ?? 1;
  const row = publicParameters.find(({ name }) => name === "Action");
  const named = /`(\w+)`/.exec(row?.description ?? "")?.[1] ?? "";
  const [, summary = text, titled = ""] = /^(.*?)\s*[-–—]\s*([A-Za-z_]\w*)$/.exec(text) ?? [];
  const action = isIdentifier(titled) ? titled : named;
  if (!isIdentifier(action)) {
    const seen =
      text === "" ? "has no title" : `has the title ${JSON.stringify(text)}, which names no action`;
    findings.add("fault", "no-action", line, seen, "The page of an action begins with `# summary - Action`.");
    return undefined;
  }
  if (named !== "" && named !== titled) {
    const seen = titled === "" ? "no action" : titled;
    const message = `the public parameter Action is ${named}, but the title at line ${line} names ${seen}`;
    const help = `${action} counts. Mend the page if that is wrong.`;
    findings.add("warning", "action-differs", row?.line ?? line, message, help);
  }
  return { action, summary, line };
}
