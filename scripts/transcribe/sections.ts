import { isActionName } from "../model/names.js";
import type { Block } from "./blocks.js";
import type { Findings } from "./findings.js";
import { finder, type Section, sections } from "./layout.js";
import type { Page } from "./page.js";
import { isFieldTable, type PageRow, plainName } from "./rows.js";

/** A block with the section that contains it: `undefined` if the layout does not know the section's heading. */
export type PlacedBlock = Block & {
  readonly section: Section | undefined;
  /** The heading above the block, unless it is a layout word. In the section `models`, it names the data model. */
  readonly heading: { readonly name: string; readonly line: number } | undefined;
};

/** The section that a heading of a page begins, by its words; `undefined` if the layout does not know them. */
export const findSection = finder(sections);

/**
 * Assigns each block to its section. Heading levels are ignored, since they vary between pages. A heading that is not a
 * layout word and has a field table below it names a data model.
 */
export function placeBlocks(blocks: readonly Block[]): PlacedBlock[] {
  const title = blocks.find(({ kind }) => kind === "heading");
  const startsFieldTable = fieldTableStarts(blocks);
  let section: Section | undefined;
  let heading: PlacedBlock["heading"];
  return blocks.map((block, index) => {
    if (block.kind === "heading") {
      const { text, line } = block;
      const known = findSection(text);
      const name = plainName(text);
      const isModel = name !== "" && startsFieldTable[index] === true;
      // Text below the title, before any section, describes the action.
      section = known ?? (isModel ? "models" : block === title ? "overview" : undefined);
      heading = known === undefined && name !== "" ? { name, line } : undefined;
    }
    return { ...block, section, heading };
  });
}

/** Whether a field table follows each block, with at most prose between. */
function fieldTableStarts(blocks: readonly Block[]): boolean[] {
  let isNext = false;
  const starts = [...blocks].reverse().map((block) => {
    const isFollowed = isNext;
    if (block.kind !== "prose") isNext = block.kind === "table" && isFieldTable(block);
    return isFollowed;
  });
  return starts.reverse();
}

/**
 * Reads `# summary - Action`, and compares it with the action that the public parameters name. Reports an error if
 * neither names an action.
 */
export function readTitle(
  blocks: readonly Block[],
  publicParameters: readonly PageRow[],
  findings: Findings,
): Pick<Page, "action" | "summary" | "line"> | undefined {
  const heading = blocks.find((block) => block.kind === "heading" && block.level === 1);
  const text =
    heading?.kind === "heading" && findSection(heading.text) === undefined
      ? heading.text.replace(/\s+/g, " ").trim()
      : "";
  const line = heading?.line ?? 1;
  const row = publicParameters.find(({ name }) => name === "Action");
  const named = /`(\w+)`/.exec(row?.description ?? "")?.[1] ?? "";
  const [, summary = text, titled = ""] = /^(.*?) ?[-–—] ?([A-Za-z_]\w*)$/.exec(text) ?? [];
  const action = isActionName(titled) ? titled : named;
  if (!isActionName(action)) {
    const title = `has the title ${JSON.stringify(text)}, which does not name an action`;
    const help = "The page of an action must begin with `# summary - Action`.";
    findings.error("no-action", line, text === "" ? "has no title" : title, help);
    return undefined;
  }
  if (named !== "" && named !== titled) {
    const message = `the public parameter Action is ${named}, but the title at line ${line} names ${titled || "no action"}`;
    const help = `${action} is used. Fix the page if it is wrong.`;
    findings.warn("action-differs", row?.line ?? line, message, help);
  }
  return { action, summary, line };
}
