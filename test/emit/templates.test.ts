import { describe, expect, test } from "vitest";
import { createTemplates } from "../../scripts/emit/templates.js";

const render = (template: string, view: object) =>
  createTemplates(new Map([["t.hbs", template]])).render("t.hbs", view);

test("values are printed through the escaper that is named", () => {
  const view = { x: "*/ <b>", list: ["a"], yes: true };
  expect(
    render(
      "{{ts x}}|{{comment x}}|{{html x}}|{{#each list}}{{md this}}{{/each}}|{{#if yes}}1{{else}}2{{/if}}",
      view,
    ),
  ).toBe('"*/ <b>"| *\\/ <b>|*/ &lt;b&gt;|a|1');
});

describe("a template that breaks the rules is refused", () => {
  test.each<[what: string, template: string, message: string]>([
    ["a value without escaper", "\n{{x}}", "t.hbs:2: {{x}} prints without an escaper"],
    ["a raw value", "{{{x}}}", "t.hbs:1: {{x}} prints without an escaper"],
    [
      "a value without escaper inside a block",
      "{{#each list}}\n{{this}}{{/each}}",
      "t.hbs:2: {{this}} prints without an escaper",
    ],
    ["another block", "{{#unless x}}{{/unless}}", "t.hbs:1: {{#unless}} is not #each or #if"],
    [
      "a value of what stands around",
      "{{#each list}}{{ts ../x}}{{/each}}",
      "t.hbs:1: ../x is not for templates",
    ],
    [
      "a name that Handlebars gives",
      "{{#each list}}{{ts @index}}{{/each}}",
      "@index is not for templates here",
    ],
    ["a call in a call", "{{ts (html x)}}", "t.hbs:1: SubExpression is not for templates here"],
    ["an escaper that every object has", "{{toString x}}", "t.hbs:1: {{toString}} prints without an escaper"],
    ["a partial", "{{> x}}", "t.hbs:1: PartialStatement is not for templates here"],
  ])("%s", (_, template, message) => {
    expect(() => render(template, { x: "x", list: ["y"] })).toThrow(message);
  });
});

test("blocks see the item, the other half where there is none, and no more of an object than it has itself", () => {
  const template =
    "{{#each a.b}}{{ts x}};{{else}}none{{/each}}{{#if list}}some{{else}}empty{{/if}}{{#if toString}}1{{/if}}";
  expect(render(template, { a: { b: [{ x: 1 }, { x: "2" }] }, list: [] })).toBe('"1";"2";empty');
  expect(render(template, { a: { b: [] }, list: [0] })).toBe("nonesome");
});

test("a value that is missing or no text is an error, not an empty place", () => {
  expect(() => render("{{ts missing}}", {})).toThrow("{{ts}} got undefined, not a text");
  expect(() => render("{{ts x}}", { x: { y: 1 } })).toThrow("{{ts}} got object, not a text");
  expect(() => render("\n{{#each x}}{{/each}}", {})).toThrow("t.hbs:2: {{#each}} got undefined, not a list");
});
