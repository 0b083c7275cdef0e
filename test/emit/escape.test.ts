import { execFileSync } from "node:child_process";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { seeTag } from "../../scripts/emit/code.js";
import {
  goString,
  harmlessWord,
  htmlAttribute,
  htmlText,
  linkUrl,
  pythonString,
  shellDefault,
  shellWord,
  tsComment,
  tsIdentifier,
  tsLiteral,
  tsProperty,
  tsString,
  withoutTags,
  xmlText,
} from "../../scripts/emit/escape.js";
import { oneLine } from "../../scripts/text.js";
import { hostileStrings } from "../support/hostile-corpus.js";

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(...hostileStrings.filter(({ length }) => length < 1000)),
);

describe("escapes", () => {
  test.each<[name: string, escaper: (text: string) => string, text: string, want: string]>([
    ["tsString", tsString, 'a "b" \\ `c`\n', '"a \\"b\\" \\\\ `c`\\n"'],
    ["tsString", tsString, "\u2028</script>", '"\\u2028<\\/script>"'],
    ["tsString", tsString, "\u0085\u202e\u2066", '"\\u0085\\u202e\\u2066"'],
    ["tsComment", tsComment, "ends */ here\nand\u2028there", "ends *\\/ here and there"],
    ["tsComment", tsComment, "  @internal", "\\@internal"],
    ["tsComment", tsComment, "use b instead @deprecated", "use b instead \\@deprecated"],
    ["tsComment", tsComment, "see {@link x}, me@example.com", "see {\\@link x}, me@example.com"],
    ["tsComment", tsComment, "\u200b@internal *@internal", "\u200b\\@internal *\\@internal"],
    ["tsComment", tsComment, "a \u202e} \u2066if (x)\u2069 b", "a  }  if (x)  b"],
    ["withoutTags", withoutTags, "one\n@internal\n\t@a", "one\n\\@internal\n\t\\@a"],
    ["tsProperty", tsProperty, "Region", "Region"],
    ["tsProperty", tsProperty, "a-b", '"a-b"'],
    ["tsProperty", tsProperty, "__proto__", '["__proto__"]'],
    ["htmlText", htmlText, "<b> & </b>", "&lt;b&gt; &amp; &lt;/b&gt;"],
    ["htmlAttribute", htmlAttribute, `"'\`<>&`, "&quot;&#39;&#96;&lt;&gt;&amp;"],
    [
      "xmlText",
      xmlText,
      "<a b='c\"'>&\u0000\u000b\ufffe\ud800\u{1f600}",
      "&lt;a b=&#39;c&quot;&#39;&gt;&amp;\ufffd\ufffd\ufffd\ufffd\u{1f600}",
    ],
    ["linkUrl", linkUrl, "https://a.example/b?c=d", "https://a.example/b?c=d"],
    ["linkUrl", linkUrl, "javascript:alert(1)", "#"],
    ["linkUrl", linkUrl, " \u0001JaVaScRiPt:alert(1)", "#"],
    ["linkUrl", linkUrl, "data:text/html,x", "#"],
    ["linkUrl", linkUrl, "relative/path", "#"],
    ["linkUrl", linkUrl, "https:evil.example", "#"],
    [
      "seeTag",
      (url) => seeTag(url)[1],
      "https://a.example/*/alert(1);/*",
      "https://a.example/%2A/alert(1);/%2A",
    ],
    ["seeTag", (url) => seeTag(url)[1], "https://a.example/b'c", "https://a.example/b'c"],
    ["shellWord", shellWord, "it's $HOME `id`", "'it'\\''s $HOME `id`'"],
    ["shellDefault", shellDefault, 'a}$b`c"d\\e', 'a\\}\\$b\\`c\\"d\\\\e'],
    ["pythonString", pythonString, 'a\n"b" \'</\u2028', '"a\\n\\"b\\" \'</\\u2028"'],
    ["goString", goString, 'a\n"`</\ufeff\ud800', '"a\\n\\"`</\\ufeff\ufffd"'],
    ["oneLine", oneLine, "a\nb\u001b[2J", "a b [2J"],
  ])("with %s %#", (_, escaper, text, want) => {
    expect(escaper(text)).toBe(want);
  });
});

test.each(["a b", "a-b", "1a", "", "a\n", "a;b"])("tsIdentifier rejects %j", (name) => {
  expect(() => tsIdentifier(name)).toThrow(/not an identifier/);
});

test.each(["a b", "<b>", "`", "", "a\n", "a|b", "a*"])("harmlessWord rejects %j", (text) => {
  expect(() => harmlessWord(text)).toThrow(/not a harmless word/);
});

test("tsString returns one literal with the value", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const { statements } = ts.createSourceFile("x.ts", tsString(text), ts.ScriptTarget.ES2022);
      expect(statements).toHaveLength(1);
      const [statement] = statements as unknown as [ts.ExpressionStatement];
      expect((statement.expression as ts.StringLiteral).text).toBe(text);
    }),
  );
});

test("tsComment returns one line of a comment without tags", () => {
  const words = fc.array(
    fc.oneof(nasty, fc.constantFrom(..." |{|@deprecated|@|`|*|\u0085|\u200b".split("|"))),
  );
  fc.assert(
    fc.property(words, (parts) => {
      const source = `/**\n * ${tsComment(parts.join(""))}\n */\nlet only;`;
      expect(source.split("\n")).toHaveLength(4);
      const { statements } = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2022, true);
      expect(statements).toHaveLength(1);
      expect(ts.getJSDocTags(statements[0] as ts.Statement)).toEqual([]);
      const [comment] = ts.getJSDocCommentsAndTags(statements[0] as ts.Statement) as ts.JSDoc[];
      expect(typeof (comment?.comment ?? "")).toBe("string");
    }),
    { numRuns: 1000 },
  );
});

test("tsLiteral returns a literal of the JSON value", () => {
  const values = fc.oneof(nasty, fc.jsonValue(), fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty))));
  fc.assert(
    fc.property(values, (value) => {
      const json = JSON.stringify(value);
      const result: unknown = new Function(`return (${tsLiteral(value)});`)();
      expect(JSON.stringify(result)).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
});

test("tsProperty returns one property name", () => {
  fc.assert(
    fc.property(nasty, (name) => {
      const object = new Function(`return { ${tsProperty(name)}: 1 };`)() as object;
      expect(Object.keys(object)).toEqual([name]);
    }),
  );
});

test("shellWord returns one argument with the value", () => {
  const words = fc.sample(nasty, 200).filter((text) => !text.includes("\0") && !/\p{Surrogate}/u.test(text));
  const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}\n`).join("");
  expect(execFileSync("sh", { input: script }).toString().split("\0").slice(0, -1)).toEqual(words);
});

test("shellDefault is the value of a variable that is not set", () => {
  const words = fc.sample(nasty, 200).filter((text) => text !== "" && !/[\0\p{Surrogate}]/u.test(text));
  const script = words.map((word) => `printf '%s\\0' "\${UNSET_VARIABLE:-${shellDefault(word)}}"\n`).join("");
  expect(execFileSync("sh", { input: script }).toString().split("\0").slice(0, -1)).toEqual(words);
});

test("pythonString is a literal of the string", () => {
  const texts = fc.sample(nasty, 200).filter((text) => !/\p{Surrogate}/u.test(text));
  const program = `import json\nprint(json.dumps([${texts.map(pythonString).join(", ")}]))`;
  expect(JSON.parse(execFileSync("python3", { input: program }).toString())).toEqual(texts);
});
