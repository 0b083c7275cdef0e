import { expect, test } from "vitest";
import {
  goString,
  harmlessWord,
  htmlHumps,
  htmlJson,
  linkUrl,
  pythonString,
} from "../../scripts/emit/escape.js";
import { humpsOf, singular } from "../../scripts/emit/humps.js";

test("a long name may break at its humps", () => {
  expect(htmlHumps("DescribeUMemBackupURL")).toBe("Describe<wbr>UMem<wbr>Backup<wbr>URL");
  expect(htmlHumps("a<b>&Pot")).toBe("a<wbr>&lt;<wbr>b<wbr>&gt;&amp;<wbr>Pot");
});

test("JSON in a script element cannot end it", () => {
  expect(htmlJson({ a: "</script><!--" })).toBe('{"a":"\\u003c/script>\\u003c!--"}');
});

test.each(["http://a.example/", "https://a.example/"])("%s stays a link", (url) => {
  expect(linkUrl(url)).toBe(url);
});

test.each(["a", "0", "-1", "0.1.0", "@dezai/umem", "a-b_c", "_a"])("%s is harmless", (word) => {
  expect(harmlessWord(word)).toBe(word);
});

test.each(["--a", "/a", ".a", "-"])("%s is not harmless", (word) => {
  expect(() => harmlessWord(word)).toThrow(`not a harmless word: "${word}"`);
});

test("characters that an editor does not show are escaped with four digits", () => {
  expect(pythonString("\u0080\u200b")).toBe('"\\u0080\\u200b"');
  expect(goString("\u0080\u200b")).toBe('"\\u0080\\u200b"');
});

test.each([
  ["Seriesly", "Seriesly"],
  ["Boxesful", "Boxesful"],
])("the singular of %s is %s", (word, want) => {
  expect(singular(word)).toBe(want);
});

test("a prefix belongs to the word that follows, or is the last word", () => {
  expect(humpsOf("AB")).toEqual(["AB"]);
  expect(humpsOf("PotU")).toEqual(["Pot", "U"]);
});
