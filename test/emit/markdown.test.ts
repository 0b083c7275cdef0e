import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import {
  blockHtml,
  inlineHtml,
  markdownBlock,
  markdownCell,
  markdownCellCode,
  markdownCode,
  markdownFence,
  markdownText,
} from "../../scripts/emit/markdown.js";

/** A reader of Markdown that is as careless as readers may be: raw HTML and every scheme allowed. */
const reader = new MarkdownIt({ html: true });
reader.validateLink = () => true;
const read = (markdown: string) => reader.render(markdown).trim();
const visible = (html: string) =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

describe("a description", () => {
  test.each<[what: string, description: string, html: string, line: string]>([
    ["plain", "ID of the backup.", "ID of the backup.", "ID of the backup."],
    [
      "code and emphasis",
      "`RetCode` is **0** or *not*",
      "<code>RetCode</code> is <strong>0</strong> or <em>not</em>",
      "`RetCode` is **0** or *not*",
    ],
    [
      "a link",
      "see [regions](https://a.example/b)",
      'see <a href="https://a.example/b">regions</a>',
      "see [regions](https://a.example/b)",
    ],
    [
      "raw HTML",
      "<script>alert(1)</script>",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "\\<script\\>alert(1)\\</script\\>",
    ],
    [
      "a scripted link",
      "[x](javascript:alert(1))",
      "[x](javascript:alert(1))",
      "\\[x\\](javascript:alert(1))",
    ],
    [
      "an image",
      "![x](https://a.example/track.png)",
      '!<a href="https://a.example/track.png">x</a>',
      "\\![x](https://a.example/track.png)",
    ],
    ["a pipe", "a|b `c|d`", "a|b <code>c|d</code>", "a\\|b `c\\|d`"],
    [
      "text beside markup",
      "`a` - the default; **b** 5. x; `c` = 3 + 4",
      "<code>a</code> - the default; <strong>b</strong> 5. x; <code>c</code> = 3 + 4",
      "`a` - the default; **b** 5. x; `c` = 3 + 4",
    ],
    ["what looks like a list", "5\\. x", "5. x", "5\\. x"],
    ["two lines", "one\ntwo", "one\ntwo", "one two"],
    ["a hard break", "one\\\ntwo", "one<br />\ntwo", "one<br>two"],
    ["an entity", "a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c", "a \\<b\\> & c"],
  ])("%s", (_, description, html, line) => {
    expect(inlineHtml(description)).toBe(html);
    expect(markdownCell(description)).toBe(line);
  });

  test("of several blocks keeps them", () => {
    const description = "First `a|b`.\n\nSecond:\n\n- one\n- two\n\n```sh\nls | wc\n```\n";
    expect(markdownBlock(description)).toBe("First `a|b`.\n\nSecond:\n\n- one\n\n- two\n\n```\nls | wc\n```");
    expect(blockHtml(description)).toContain("<li>");
  });
});

test("text reads back as itself, and as text only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1 }), (raw) => {
      const text = raw.trim();
      const html = read(markdownText(text));
      if (text === "") return;
      expect(html).toMatch(/^<p>[^<]*<\/p>$/);
      expect(visible(html).replace(/\s+/g, " ")).toBe(text.replace(/\s+/g, " "));
    }),
    { numRuns: 2000 },
  );
});

test("a code span is one code span with the text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((text) => text.trim() !== ""),
      (text) => {
        const html = read(`x ${markdownCode(text)} y`);
        expect(html.match(/<code>/g)).toHaveLength(1);
        expect(visible(html)).toBe(`x ${text} y`);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a code span in a cell is one cell with the text", () => {
  fc.assert(
    fc.property(
      // A backslash before a pipe in code is the one thing that a table cannot say.
      fc
        .string({ unit: "grapheme-ascii", minLength: 1 })
        .filter((text) => text.trim() !== "" && !text.includes("\\|")),
      (text) => {
        const html = read(`| a |\n|---|\n| x ${markdownCellCode(text)} y |`);
        expect(html.match(/<td>/g)).toHaveLength(1);
        expect(visible(html.split("<td>")[1]?.split("</td>")[0] ?? "")).toBe(`x ${text} y`);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a code block cannot be left", () => {
  const text = "a\n````\n<b>\n```";
  expect(read(markdownFence("sh", text))).toBe(
    `<pre><code class="language-sh">a\n\`\`\`\`\n&lt;b&gt;\n\`\`\`\n</code></pre>`,
  );
});

test("no description becomes active in the HTML page", () => {
  const parts = fc.constantFrom(
    "<script>",
    "</p>",
    "[a](",
    "javascript:",
    "`",
    "*",
    "<img onerror=x>",
    "](",
    "http://x",
    "\n",
    "|",
    "&#106;",
    "<a href=",
    '"',
    ")",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const html = inlineHtml(pieces.join(""));
      const tags = [...html.matchAll(/<(\/?[a-z]+)([^>]*)>/gi)].map(
        ([, tag, attributes]) => `${tag}${attributes}`,
      );
      for (const tag of tags)
        expect(tag).toMatch(/^(\/?(em|strong|code|a|br)|a href="(https?:[^"]*)?"|br \/)$/);
    }),
    { numRuns: 2000 },
  );
});

test("what is printed without being parsed is what would have been printed", () => {
  const commonmark = new MarkdownIt("commonmark", { html: false });
  const signs = fc.constantFrom(..."a1. -=+#)(:;,'?/%$@^{}\u3000地、\0\t".split(""));
  fc.assert(
    fc.property(fc.array(signs), (pieces) => {
      const text = pieces.join("");
      expect(inlineHtml(text)).toBe(commonmark.renderInline(text));
      expect(blockHtml(text)).toBe(commonmark.render(text).trim());
      // A page shows blanks in a row as one.
      const shown = (html: string) => html.replace(/[ \t]+/g, " ");
      if (/^[a地](.*\S)?$/.test(text)) expect(shown(read(markdownBlock(text)))).toBe(shown(blockHtml(text)));
    }),
    { numRuns: 2000 },
  );
});
