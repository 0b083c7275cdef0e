import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { blockDescription, cellDescription, linkResolver } from "../../scripts/transcribe/description.js";

const keep = (target: string) => target;
const reader = new MarkdownIt("commonmark", { html: false });

describe("converts a cell", () => {
  test.each<[what: string, cell: string, description: string]>([
    ["of plain text", "Which one", "Which one"],
    ["with emphasis and code", "**Not** *one* `a|b`", "**Not** *one* `a|b`"],
    ["with a line break", "one<br />two", "one\\\ntwo"],
    ["with every spelling of a line break", "one<br>two<BR/>three<br  />four", "one\\\ntwo\\\nthree\\\nfour"],
    ["with empty lines", "<br />one<br /><br /> <br />two<br />", "one\\\ntwo"],
    ["of line breaks only", "<br /><br />", ""],
    ["with raw HTML", "a <b>b</b> <script>c</script>", "a <b>b</b> <script>c</script>"],
    ["with a tag whose name begins like br", "a<brick>b", "a<brick>b"],
  ])("%s", (_, cell, description) => {
    expect(cellDescription(cell, keep)).toBe(description);
  });

  test.each([
    "> quote",
    "- item",
    "-",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "# heading",
    "=====",
    "---",
    "***",
    "_ _ _",
    "```",
    "~~~ fence",
    "[word]: /url",
    "[a\\]b]: /url",
  ])("with the line %j to text", (line) => {
    for (const cell of [line, `one<br />${line}`, `${line}<br />two`, `${line}<br />${line}`]) {
      const html = reader.render(cellDescription(cell, keep));
      const lines = html
        .replace(/^<p>|<\/p>\n$/g, "")
        .replaceAll("&gt;", ">")
        .split("<br />\n");
      expect(lines).toEqual(cell.split("<br />").map((text) => text.replace("\\]", "]")));
    }
  });
});

describe("resolves links", () => {
  const linkTo = linkResolver("https://example.com/docs/", "https://example.com/docs/a/page");
  test.each<[cell: string, description: string]>([
    ["[a](api/b.md)", "[a](https://example.com/docs/api/b.md)"],
    ["[a](/b?c=d#e)", "[a](https://example.com/b?c=d#e)"],
    ["[a](#B)", "[a](https://example.com/docs/a/page#B)"],
    ["[a](https://example.org/b_(c))", "[a](https://example.org/b_(c))"],
    ["[a](mailto:b@example.org)", "[a](mailto:b@example.org)"],
    ["[a](javascript:b)", "[a](javascript:b)"],
    ["[a](//example.org/b)", "[a](https://example.org/b)"],
    ['[a](b "title")', '[a](https://example.com/docs/b "title")'],
    ["[a](<b c>)", "[a](https://example.com/docs/b%20c)"],
    ["[a]()", "[a]()"],
    ["![a](b.png)", "![a](https://example.com/docs/b.png)"],
    ["`[a](b)` and [c](d)", "`[a](b)` and [c](https://example.com/docs/d)"],
    ["[a](http://[)", "[a](http://[)"],
    ["a](b", "a](b"],
  ])("%s", (cell, description) => {
    expect(cellDescription(cell, linkTo)).toBe(description);
    expect(blockDescription(cell, linkTo)).toBe(description);
  });

  test("keeps relative links if there is no base URL", () => {
    const linkTo = linkResolver("", "");
    expect(cellDescription("[a](b) [c](#D)", linkTo)).toBe("[a](b) [c](#D)");
  });
});

test("keeps blocks", () => {
  const text = "One:\n\n- two\n- [three](3.md)\n\n```\nfour\n```\n<br />";
  expect(blockDescription(text, (target) => `https://example.org/${target}`)).toBe(
    "One:\n\n- two\n- [three](https://example.org/3.md)\n\n```\nfour\n```",
  );
});

test("escapes text after a line break in a note", () => {
  const text = "?> Encode it:<br /><br /># echo -n x<br />- eA==\n\nThen send it.";
  expect(blockDescription(text, keep)).toBe("> Encode it:\\\n\\\n\\# echo -n x\\\n\\- eA==\n\nThen send it.");
  expect(reader.render(blockDescription(text, keep))).not.toMatch(/<h1>|<li>/);
});
