import { hashOf } from "../output/manifest.js";

/** Part of a Markdown file that `release` writes between two comments; everything else in the file is kept. */
export interface Section {
  /** Version, or date of a release. */
  readonly id: string;
  readonly markdown: string;
}

/** Section of a file that was edited since it was written. */
export interface EditedSection {
  readonly id: string;
  /** Line of its first comment, 1-based. */
  readonly line: number;
}

/**
 * Adds sections above the others of a file, each in place of that with its ID.
 *
 * @param text content of the file; `undefined` if it does not exist.
 * @param heading first line of a new file.
 * @param sections the last one is also in place of those that are removed.
 * @param removed IDs of sections to remove.
 * @returns the new content, or the sections to replace that were edited by hand.
 */
export function putSections(
  text = "",
  heading: string,
  sections: readonly Section[],
  removed: readonly string[],
): string | readonly EditedSection[] {
  let content = text;
  for (const section of sections.length > 0 ? sections : [undefined]) {
    const own = section === undefined ? [] : [section.id];
    const ids = section === sections.at(-1) ? [...own, ...removed] : own;
    const result = replaceSections(content || `# ${heading}\n`, ids, section);
    if (typeof result !== "string") return result;
    content = result;
  }
  return content;
}

const commented =
  /^<!-- release (?<id>[\w.-]+) (?<checksum>[0-9a-f]{12}) -->$(?:\r?\n(?<body>[\s\S]*?)\r?\n<!-- end of release \k<id> -->$)?/gm;

/** Puts a section in place of those with some IDs, or only removes these. */
function replaceSections(
  text: string,
  ids: readonly string[],
  section: Section | undefined,
): string | readonly EditedSection[] {
  const lineBreak = /\r?\n/.exec(text)?.[0] ?? "\n";
  const replaced = [...text.matchAll(commented)].filter(({ groups }) => ids.includes(groups?.id ?? ""));
  // One without its last comment has no body.
  const edited = replaced.filter(({ groups }) => checksum(groups?.body ?? "") !== groups?.checksum);
  if (edited.length > 0)
    return edited.map(({ index, groups }) => ({ id: groups?.id ?? "", line: lineAt(text, index) }));
  const printed = section && print(section).replaceAll("\n", lineBreak);
  const [first] = replaced;
  if (first === undefined) return printed === undefined ? text : insert(text, printed, lineBreak);
  let content = text;
  for (const one of replaced.reverse()) {
    const [before, after] = [content.slice(0, one.index), content.slice(one.index + one[0].length)];
    if (one === first && printed !== undefined) content = before + printed + after;
    else content = joined(before, after.replace(/^(?:\r?\n){1,2}/, ""), lineBreak);
  }
  return content;
}

function joined(before: string, after: string, lineBreak: string): string {
  return after === "" ? before.replace(/(?:\r?\n)+$/, lineBreak) : before + after;
}

function print({ id, markdown }: Section): string {
  const body = markdown.trimEnd();
  return `<!-- release ${id} ${checksum(body)} -->\n${body}\n<!-- end of release ${id} -->`;
}

function checksum(body: string): string {
  return hashOf(body.replaceAll("\r\n", "\n")).slice(0, 12);
}

/** Inserts a section before the first one, else after the heading of the file. */
function insert(content: string, printed: string, lineBreak: string): string {
  const start = content.search(/^<!-- release [\w.-]+ [0-9a-f]{12} -->$/m);
  const between = lineBreak.repeat(2);
  if (start !== -1) return content.slice(0, start) + printed + between + content.slice(start);
  const [heading = ""] = /^# .*(?:\r?\n)?/.exec(content) ?? [];
  const rest = content.slice(heading.length).replace(/^(?:\r?\n)+/, "");
  const parts = [heading.trimEnd(), printed, rest.trimEnd()].filter(Boolean);
  return parts.join(between) + lineBreak;
}

function lineAt(content: string, index: number): number {
  return content.slice(0, index).split("\n").length;
}
