import type { Block } from "./blocks.js";
import { finder, type Section, sections } from "./layout.js";
import { isFieldTable } from "./rows.js";

/** A block and the section that it belongs to: `undefined` for one that the layout does not know. */
export interface Placed {
  readonly block: Block;
  readonly section: Section | undefined;
  /** The heading that names the data model which the block belongs to. */
  readonly model: { readonly name: string; readonly line: number } | undefined;
}

const findSection = finder(sections);

/**
 * Puts each block into its section. The levels of headings are not relied on: pages differ in them. A heading that
 * is no word of the layout, with a table of fields below, names a data model.
 */
export function placeBlocks(blocks: readonly Block[]): Placed[] {
  let section: Section | undefined;
  let model: Placed["model"];
  return blocks.map((block, index) => {
    if (block.kind === "heading") {
      const isModel = startsModel(blocks, index);
      section =
        findSection(block.text) ?? (isModel ? "models" : isTitle(blocks, block) ? "overview" : undefined);
      model = isModel ? { name: modelName(block.text), line: block.line } : undefined;
    }
    return { block, section, model };
  });
}

/** What stands below the title, before any section, says what the action is about. */
function isTitle(blocks: readonly Block[], block: Block): boolean {
  return blocks.find(({ kind }) => kind === "heading") === block;
}

function startsModel(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index];
  if (block?.kind !== "heading" || findSection(block.text) !== undefined) return false;
  if (modelName(block.text) === "") return false;
  const next = blocks.slice(index + 1).find(({ kind }) => kind !== "prose");
  return next?.kind === "table" && isFieldTable(next);
}

function modelName(heading: string): string {
  return heading.replace(/[*`\\]/g, "").trim();
}
