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
import { mdxSyntax } from "../support/mdx.js";

/** A Markdown parser with the fewest restrictions: raw HTML and all URL schemes are allowed. */
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

describe("prints a description with", () => {
  test.each<[what: string, description: string, html: string, line: string]>([
    ["text", "ID of the backup.", "ID of the backup.", "ID of the backup."],
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
    ["text that resembles a list", "5\\. x", "5. x", "5\\. x"],
    ["two lines", "one\ntwo", "one\ntwo", "one two"],
    ["a hard break", "one\\\ntwo", "one<br />\ntwo", "one<br />two"],
    ["braces", "a {b} `{c}`", "a {b} <code>{c}</code>", "a \\{b\\} `{c}`"],
    ["an entity", "a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c", "a \\<b\\> & c"],
  ])("%s", (_, description, html, line) => {
    expect(inlineHtml(description)).toBe(html);
    expect(markdownCell(description)).toBe(line);
  });

  test("several blocks", () => {
    const description = "First `a|b`.\n\nSecond:\n\n- one\n- two\n\n```sh\nls | wc\n```\n";
    expect(markdownBlock(description)).toBe("First `a|b`.\n\nSecond:\n\n- one\n\n- two\n\n```\nls | wc\n```");
    expect(blockHtml(description)).toContain("<li>");
  });
});

test("markdownText returns text that parses to itself", () => {
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

test("markdownCode returns one code span with the text", () => {
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

test("markdownCellCode returns one cell with the text", () => {
  fc.assert(
    fc.property(
      // A table cannot represent a backslash before a pipe in code.
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

test("markdownFence returns one code block", () => {
  const text = "a\n````\n<b>\n```";
  expect(read(markdownFence("sh", text))).toBe(
    `<pre><code class="language-sh">a\n\`\`\`\`\n&lt;b&gt;\n\`\`\`\n</code></pre>`,
  );
});

test("inlineHtml returns only inert elements", () => {
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

test.each([
  ["import x from y", "&#105;mport x from y"],
  ["export default", "&#101;xport default"],
  ["imported", "imported"],
  ["Import", "Import"],
])("%j cannot start a module in MDX", (text, want) => {
  expect(markdownText(text)).toBe(want);
  expect(markdownBlock(text)).toBe(want);
  expect(read(want)).toBe(`<p>${text}</p>`);
});

test("outside of code, nothing starts an expression or an element in MDX", () => {
  const parts = fc.constantFrom(
    "{",
    "}",
    "<b>",
    "<T>",
    "`",
    "\\",
    "a",
    " ",
    "\n",
    "|",
    "**",
    "[a](http://x/{b})",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const description = pieces.join("");
      for (const markdown of [
        markdownBlock(description),
        markdownCell(description),
        markdownText(description),
      ]) {
        expect(mdxSyntax(markdown)).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});

describe("links the actions that a description mentions", () => {
  const pages = new Map([
    ["DescribeCup", "DescribeCup"],
    ["GetPotPrice", "../pots/GetPotPrice"],
    ["Encrypt", "Encrypt"],
    ["Describe_Cup", "Describe_Cup"],
  ]);
  const pageOf = (name: string) => pages.get(name);

  test.each<[what: string, description: string, html: string, line: string]>([
    [
      "in text",
      "See DescribeCup.",
      'See <a href="DescribeCup.html">DescribeCup</a>.',
      "See [DescribeCup](DescribeCup.md).",
    ],
    [
      "between ideographs",
      "见DescribeCup接口",
      '见<a href="DescribeCup.html">DescribeCup</a>接口',
      "见[DescribeCup](DescribeCup.md)接口",
    ],
    [
      "in another product, in code",
      "`GetPotPrice`",
      '<a href="../pots/GetPotPrice.html"><code>GetPotPrice</code></a>',
      "[`GetPotPrice`](../pots/GetPotPrice.md)",
    ],
    [
      "in emphasis, where a link in Markdown would end it",
      "见**DescribeCup**, *see DescribeCup first*",
      '见<strong><a href="DescribeCup.html">DescribeCup</a></strong>, <em>see <a href="DescribeCup.html">DescribeCup</a> first</em>',
      "见**DescribeCup**, *see [DescribeCup](DescribeCup.md) first*",
    ],
    [
      "as the whole text of a link",
      "[DescribeCup](https://a.example/b)",
      '<a href="DescribeCup.html">DescribeCup</a>',
      "[DescribeCup](DescribeCup.md)",
    ],
    [
      "as code in a link",
      "[`DescribeCup`](https://a.example/b)",
      '<a href="DescribeCup.html"><code>DescribeCup</code></a>',
      "[`DescribeCup`](DescribeCup.md)",
    ],
    [
      "in a link to the vendor's page",
      "[DescribeCup接口](https://a.example/api/describe_cup.html?x#y)",
      '<a href="DescribeCup.html">DescribeCup接口</a>',
      "[DescribeCup接口](DescribeCup.md)",
    ],
    [
      "by a name with an underscore",
      "Describe\\_Cup",
      '<a href="Describe_Cup.html">Describe_Cup</a>',
      "[Describe\\_Cup](Describe_Cup.md)",
    ],
  ])("%s", (_, description, html, line) => {
    expect(inlineHtml(description, pageOf)).toBe(html);
    expect(blockHtml(description, pageOf)).toBe(`<p>${html}</p>`);
    expect(markdownCell(description, pageOf)).toBe(line);
    expect(markdownBlock(description, pageOf)).toBe(line);
  });

  test.each([
    "DescribeCups, MyDescribeCup, _DescribeCup, DescribeCup2",
    "describecup",
    "Encrypt the value",
    "`Action=DescribeCup`",
    "[the list, see DescribeCup](https://a.example/other)",
    "[a cup](https://a.example/describe_cup)",
    "constructor toString __proto__",
  ])("but not in %j", (description) => {
    expect(inlineHtml(description, pageOf)).toBe(inlineHtml(description));
    expect(blockHtml(description, pageOf)).toBe(blockHtml(description));
    expect(markdownCell(description, pageOf)).toBe(markdownCell(description));
    expect(markdownBlock(description, pageOf)).toBe(markdownBlock(description));
  });

  test("but not in a block of code", () => {
    expect(blockHtml("```\nDescribeCup\n```", pageOf)).not.toContain("<a");
  });

  test("and keeps everything else escaped", () => {
    const parts = fc.constantFrom(
      ...'DescribeCup|<b>|&lt;|&|amp;|`|*|\\|{|[|](http://x)|](javascript:x)|"|!|_| |\n|备份'.split("|"),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const description = pieces.join("");
        const plain = inlineHtml(description).replace(/<\/?a\b[^>]*>/g, "");
        const linked = inlineHtml(description, pageOf);
        expect(linked.replace(/<\/?a\b[^>]*>/g, "")).toBe(plain);
        for (const [, url] of linked.matchAll(/<a([^>]*)>/g))
          expect(url).toMatch(/^ href="(?:https?:[^"]*|DescribeCup\.html)?"$/);
        expect(linked).not.toMatch(/<a[^>]*>(?:(?!<\/a>).)*<a/s);
        for (const print of [markdownCell, markdownBlock]) {
          const markdown = print(description, pageOf);
          expect(mdxSyntax(markdown)).toEqual([]);
          expect(visible(read(markdown))).toBe(visible(read(print(description))));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["javascript:x", "//a.example", 'a"b', "a b", "/a"])("and rejects the page %j", (page) => {
    expect(() => inlineHtml("DescribeCup", () => page)).toThrow("not a page of the reference");
  });
});
