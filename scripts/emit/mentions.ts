import type { StateCore, Token } from "markdown-it";

/**
 * Finds the page of an action by its exact name.
 *
 * @returns a relative URL without extension, such as `DescribeUMemSpace` or `../uhost/DescribeUHostInstance`; `undefined` for
 * any other word, and for an action that must not be linked, such as the page's own.
 */
export type PageOf = (name: string) => string | undefined;

/** Environment of a parse whose mentions of actions become links. */
export interface MentionOptions {
  readonly pageOf: PageOf;
  /** Extension of the pages. */
  readonly extension: ".html" | ".md";
}

/** Matches every text with a name in camel case, a code span, a link or an escape; most texts have none. */
const maybe = /[a-z][A-Z0-9_]*[A-Z]|[`\]\\]/;

type UrlOf = (name: string) => string | undefined;

/** Rule of the Markdown parser that links the actions that a description mentions in text, code spans and links. */
export function linkMentions({ src, tokens, env, Token }: StateCore): void {
  const { pageOf, extension } = env as Partial<MentionOptions>;
  if (pageOf === undefined || !maybe.test(src)) return;
  const urlOf = (name: string) => {
    const page = pageOf(name);
    return page === undefined ? undefined : `${harmlessPage(page)}${extension}`;
  };
  const isMarkdown = extension === ".md";
  const textToken = (content: string) => Object.assign(new Token("text", "", 0), { content });
  const linkTo = (url: string, content: Token) => {
    const open = new Token("link_open", "a", 1);
    setPage(open, url);
    return [open, content, new Token("link_close", "a", -1)];
  };

  function linked(token: Token, index: number, all: readonly Token[]): Token[] {
    if (token.type === "code_inline") {
      const url = urlOf(token.content.trim());
      return url === undefined ? [token] : linkTo(url, token);
    }
    if (token.type !== "text") return [token];
    // In Markdown, an asterisk between a letter and the bracket of a link is no longer emphasis.
    const isEmphasized = (start: number, next: number) =>
      (start === 0 && /^(?:em|strong)_open$/.test(all[index - 1]?.type ?? "")) ||
      (next === token.content.length && /^(?:em|strong)_close$/.test(all[index + 1]?.type ?? ""));
    const parts: Token[] = [];
    let end = 0;
    // `\w` is ASCII: ideographs border on names without a space.
    for (const { 0: word, index: start } of token.content.matchAll(/\w+/g)) {
      const url = isCamelCase(word) ? urlOf(word) : undefined;
      const next = start + word.length;
      if (url === undefined || (isMarkdown && isEmphasized(start, next))) continue;
      parts.push(textToken(token.content.slice(end, start)), ...linkTo(url, textToken(word)));
      end = next;
    }
    return [...parts, textToken(token.content.slice(end))];
  }

  for (const token of tokens) {
    if (token.children === null) continue;
    token.children = linksOf(token.children).flatMap(({ link, content }) => {
      if (link === undefined) return content.flatMap(linked);
      redirect(link, content, urlOf);
      return content;
    });
  }
}

/** Splits tokens into links, each from its opening token to its closing one, and what lies between them. */
function linksOf(tokens: readonly Token[]): { link: Token | undefined; content: Token[] }[] {
  const parts: { link: Token | undefined; content: Token[] }[] = [{ link: undefined, content: [] }];
  for (const token of tokens) {
    if (token.type === "link_open") parts.push({ link: token, content: [] });
    parts.at(-1)?.content.push(token);
    if (token.type === "link_close") parts.push({ link: undefined, content: [] });
  }
  return parts;
}

/** Points a link at the page of the action that its text is, or that both its text and its URL name. */
function redirect(link: Token, content: readonly Token[], urlOf: UrlOf): void {
  const text = content.map((token) => token.content).join("");
  const [, target = ""] =
    /(?<![^/?#])([^/?#]*?)(?:\.\w+)?(?:[?#]|$)/.exec(String(link.attrGet("href"))) ?? [];
  const names = (text.match(/\w+/g) ?? []).filter(
    (name) => name === text.trim() || folded(name) === folded(target),
  );
  const url = names.map(urlOf).find((one) => one !== undefined);
  if (url !== undefined) setPage(link, url);
}

/** A name without case and separators: pages of vendors are called `describe_umem_backup`. */
function folded(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

/** Whether a word cannot be one of a sentence, as the action `Encrypt` could. */
function isCamelCase(word: string): boolean {
  return /[a-z][A-Z0-9_]*[A-Z]/.test(word);
}

function setPage(link: Token, url: string): void {
  link.attrs = [["href", url]];
  link.meta = { isPage: true };
}

/** @throws Error if a URL is not that of a page of the reference, which is a bug of actiongen. */
function harmlessPage(page: string): string {
  if (/^(?:\.\.\/)*[\w.-]+(?:\/[\w.-]+)*$/.test(page)) return page;
  throw new Error(`not a page of the reference: ${JSON.stringify(page)}`);
}
