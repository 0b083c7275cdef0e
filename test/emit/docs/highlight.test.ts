import { expect, test } from "vitest";
import { highlight } from "../../../scripts/emit/docs/highlight.js";

test("a very long string is shown without marks", () => {
  const code = `{ "Id": "${"abcd".repeat(3_000_000)}" }`;
  expect(highlight("json", code).source.length).toBe(code.length);
});

test("comments, strings and keywords are marked", () => {
  expect(highlight("ts", 'const a = "b"; // c').source).toBe('<b>const</b> a = <u>"b"</u>; <i>// c</i>');
});
