import { describe, expect, test } from "vitest";
import { Code } from "../../scripts/emit/code.js";
import { createTemplates } from "../../scripts/emit/templates.js";

const render = (template: string, view: object) =>
  createTemplates(new Map([["t.hbs", template]])).render("t.hbs", view);

test("prints values through the named escaper", () => {
  const view = { x: "*/ <b>", list: ["a"], yes: true };
  expect(
    render(
      "{{ts x}}|{{comment x}}|{{html x}}|{{#each list}}{{md this}}{{/each}}|{{#if yes}}1{{else}}2{{/if}}",
      view,
    ),
  ).toBe('"*/ <b>"| *\\/ <b>|*/ &lt;b&gt;|a|1');
});

test("prints code as it is", () => {
  expect(render("{{code x}}", { x: Code.of`f(${"*/ <b>"}, ${Code.identifier("y")})` })).toBe(
    'f("*/ <b>", y)',
  );
});

test("passes several values to an escaper", () => {
  expect(render('{{mdFence "ts" code}}', { code: "a" })).toBe("```ts\na\n```");
});

describe("rejects a template with", () => {
  test.each<[what: string, template: string, message: string]>([
    ["a value without an escaper", "\n{{x}}", "t.hbs:2: {{x}} is printed without an escaper"],
    ["an unescaped value", "{{{x}}}", "t.hbs:1: {{x}} is printed without an escaper"],
    [
      "a value without an escaper in a block",
      "{{#each list}}\n{{this}}{{/each}}",
      "t.hbs:2: {{this}} is printed without an escaper",
    ],
    [
      "a value without an escaper in an else block",
      "{{#if x}}{{else}}\n{{x}}{{/if}}",
      "t.hbs:2: {{x}} is printed without an escaper",
    ],
    ["another block", "{{#unless x}}{{/unless}}", "t.hbs:1: {{#unless}} is not #each or #if"],
    ["an inverted block", "{{^x}}{{/x}}", "t.hbs:1: {{#x}} is not #each or #if"],
    [
      "a value of the enclosing context",
      "{{#each list}}{{ts ../x}}{{/each}}",
      "t.hbs:1: ../x is not allowed in templates",
    ],
    ["a data variable", "{{#each list}}{{ts @index}}{{/each}}", "@index is not allowed in templates"],
    ["a nested call", "{{ts (html x)}}", "t.hbs:1: SubExpression is not allowed in templates"],
    ["an inherited method", "{{toString x}}", "t.hbs:1: {{toString}} is printed without an escaper"],
    ["a helper of Handlebars", '{{lookup x "y"}}', "t.hbs:1: {{lookup}} is printed without an escaper"],
    ["a partial", "{{> x}}", "t.hbs:1: PartialStatement is not allowed in templates"],
    ["a decorator", "{{* x}}", "t.hbs:1: Decorator is not allowed in templates"],
  ])("%s", (_, template, message) => {
    expect(() => render(template, { x: "x", list: ["y"] })).toThrow(message);
  });
});

test("evaluates blocks as Handlebars does", () => {
  const template = "{{#each a.b}}{{ts x}};{{else}}none{{/each}}{{#if list}}some{{else}}empty{{/if}}";
  expect(render(template, { a: { b: [{ x: 1 }, { x: "2" }] }, list: [] })).toBe('"1";"2";empty');
  expect(render(template, { a: { b: [] }, list: [0] })).toBe("nonesome");
});

describe("rejects a view with", () => {
  test.each<[what: string, template: string, view: object, message: string]>([
    ["a missing value", "{{ts missing}}", {}, "t.hbs:1: {{ts}} got undefined, not a string"],
    ["a missing nested value", "{{ts a.b}}", { a: {} }, "t.hbs:1: {{ts}} got undefined, not a string"],
    ["an object to print", "{{ts x}}", { x: { y: 1 } }, "t.hbs:1: {{ts}} got object, not a string"],
    ["a string for code", "{{code x}}", { x: "f()" }, "t.hbs:1: {{code}} got string, not Code"],
    ["a missing condition", "\n{{#if x}}{{/if}}", {}, "t.hbs:2: {{#if}} got undefined, not a value"],
    ["a missing array", "\n{{#each x}}{{/each}}", {}, "t.hbs:2: {{#each}} got undefined, not an array"],
    [
      "an object to iterate",
      "{{#each x}}{{/each}}",
      { x: {} },
      "t.hbs:1: {{#each}} got object, not an array",
    ],
    ["an inherited property", "{{ts x.toString}}", { x: {} }, "t.hbs:1: {{ts}} got undefined, not a string"],
  ])("%s", (_, template, view, message) => {
    expect(() => render(template, view)).toThrow(message);
  });
});
