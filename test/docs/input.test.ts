import { describe, expect, test } from "vitest";
import { indentJson, inputOf, valueFrom } from "../../templates/docs/script/builder/value.js";
import { parseInput } from "../../templates/docs/script/calculator/input.js";

describe("pasted parameters", () => {
  const want = { Action: "A", "Disks.0.Size": "20", Name: "a b&c", Signature: "00" };
  test.each([
    ["JSON", '{"Action": "A", "Disks": [{"Size": 20}], "Name": "a b&c", "Signature": "00"}'],
    ["a query", "Action=A&Disks.0.Size=20&Name=a%20b%26c&Signature=00"],
    ["a form with lines", "Action=A\nDisks.0.Size=20\n&Name=a+b%26c\nSignature=00\n"],
    ["a URL", "https://api.example.com/path?Action=A&Disks.0.Size=20&Name=a%20b%26c&Signature=00"],
  ])("are read from %s", (_, input) => {
    const { parameters, problem } = parseInput(input);
    expect(problem).toBe("");
    expect(Object.fromEntries(parameters)).toEqual(want);
  });

  test.each([
    ["invalid JSON", '{"Action": ', "", /not valid JSON/],
    ["a number that lost digits", '{"Id": 12345678901234567890}', "Id", /lost digits/],
    ["a name that occurs twice", "A=1&B=2&A=3", "A", /more than once/],
  ])("with %s are refused", (_, input, subject, about) => {
    const parsed = parseInput(input);
    expect(parsed.subject).toBe(subject);
    expect(parsed.problem).toMatch(about);
  });
});

describe("the value of a control", () => {
  test.each<[input: string, kind: string, want: unknown]>([
    ["", "string", undefined],
    ["10", "string", "10"],
    [" 10 ", "integer", 10],
    ["12345678901234567890", "integer", "12345678901234567890"],
    ["1e3", "number", "1e3"],
    ["-0.5", "number", -0.5],
    ["false", "boolean", false],
    ['{"a": [1]}', "json", { a: [1] }],
    ["plain", "json", "plain"],
    ["7", "json", 7],
  ])("%j as %s", (input, kind, want) => {
    expect(valueFrom(input, kind)).toEqual(want);
  });

  test("throws for JSON that ends early", () => {
    expect(() => valueFrom("[1", "json")).toThrow(SyntaxError);
  });

  test.each<[value: unknown, kind: string, want: string]>([
    [undefined, "string", ""],
    ["<BackupId>", "string", ""],
    [20, "integer", "20"],
    [{ a: 1 }, "json", '{\n  "a": 1\n}'],
  ])("starts from %j as %s", (value, kind, want) => {
    expect(inputOf(value, kind)).toBe(want);
  });
});

describe("a response is shown", () => {
  test.each([
    ["indented", '{"RetCode":0}', '{\n  "RetCode": 0\n}'],
    ["as it is if numbers would lose digits", '{"Id":12345678901234567890}', '{"Id":12345678901234567890}'],
    ["as it is if it is not JSON", "<html>", "<html>"],
  ])("%s", (_, body, want) => {
    expect(indentJson(body)).toBe(want);
  });
});
