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
 * Adds a section above the others of a file, in place of those that it replaces.
 *
 * @param text content of the file; `undefined` if it does not exist.
 * @param heading first line of a new file.
 * @param isReplaced whether the section with an ID is replaced.
 * @returns the new content, or the sections to replace that were edited by hand.
 */
export function putSection(
  text: string | undefined,
  heading: string,
  section: Section,
  isReplaced: (id: string) => boolean,
): string | readonly EditedSection[] {
  const isWindows = text?.includes("\r\n") === true;
  let content = text?.replaceAll("\r\n", "\n") ?? `# ${heading}\n`;
  const replaced = [...content.matchAll(sections)].filter(({ groups }) => isReplaced(groups?.id ?? ""));
  const edited = replaced.filter(({ groups }) => checksum(groups?.body ?? "") !== groups?.checksum);
  if (edited.length > 0)
    return edited.map(({ index, groups }) => ({ id: groups?.id ?? "", line: lineAt(content, index) }));
  const printed = print(section);
  const [first, ...others] = replaced.map(([whole]) => whole);
  for (const other of others) content = content.replace(`${other}\n`, () => "");
  content = first === undefined ? insert(content, printed) : content.replace(first, () => printed);
  return isWindows ? content.replaceAll("\n", "\r\n") : content;
}

const sections =
  /^<!-- release (?<id>[\w.-]+) (?<checksum>[0-9a-f]{12}) -->\n(?<body>[\s\S]*?)\n<!-- end of release \k<id> -->$/gm;

function print({ id, markdown }: Section): string {
  const body = markdown.trimEnd();
  return `<!-- release ${id} ${checksum(body)} -->\n${body}\n<!-- end of release ${id} -->`;
}

function checksum(body: string): string {
  return hashOf(body).slice(0, 12);
}

/** Inserts a section before the first one, else after the heading of the file. */
function insert(content: string, printed: string): string {
  const start = content.search(/^<!-- release [\w.-]+ [0-9a-f]{12} -->$/m);
  if (start !== -1) return `${content.slice(0, start)}${printed}\n\n${content.slice(start)}`;
  const [heading = ""] = /^# .*\n?/.exec(content) ?? [];
  const rest = content.slice(heading.length).replace(/^\n+/, "");
  const parts = [heading.trimEnd(), printed, rest.trimEnd()].filter(Boolean);
  return `${parts.join("\n\n")}\n`;
}

function lineAt(content: string, index: number): number {
  return content.slice(0, index).split("\n").length;
}
