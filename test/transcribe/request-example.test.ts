import { expect, test } from "vitest";
import { readRequestExample } from "../../scripts/transcribe/examples/request.js";
import type { FieldType } from "../../scripts/transcribe/field-types.js";
import type { FieldNode } from "../../scripts/transcribe/fields.js";
import { Findings } from "../../scripts/transcribe/findings.js";

const field = (name: string, type: FieldType, required = false): FieldNode => ({
  name,
  type,
  required,
  description: "",
  line: 7,
});
const string: FieldType = { kind: "string" };
const fields = [
  field("Name", string),
  field("Count", { kind: "integer" }),
  field("Share", { kind: "number" }),
  field("Fast", { kind: "boolean" }),
  field("Tags", { kind: "array", items: string }),
  field("Disks", {
    kind: "array",
    items: {
      kind: "object",
      fields: [field("Size", { kind: "integer" }), field("Labels", { kind: "array", items: string })],
    },
  }),
  field("Options", { kind: "object", fields: [field("Uni", { kind: "boolean" })] }),
  field("Any", { kind: "any" }),
  field("Owner", { kind: "model", name: "Person" }),
];

/** Values of an example that begins at line 20, and its findings. */
function read(text: string): { values: Record<string, unknown>; messages: string[] } {
  const findings = new Findings("page.md");
  const comparison = {
    models: new Map([["Person", [field("Id", string)]]]),
    findings,
    which: "request" as const,
    tableLine: 5,
    isGenerated: false,
    locations: new Set(["Region"]),
  };
  const values = readRequestExample({ text, line: 20 }, "DoIt", fields, comparison);
  return {
    values: Object.fromEntries(values),
    messages: findings.list.map(({ line, message }) => `${line}: ${message}`),
  };
}

const url = "https://gateway.example.com/?Action=DoIt";

test.each<[what: string, text: string, values: Record<string, unknown>]>([
  ["a URL over several lines", `${url}\n&Name=a\n&Count=3\n`, { Name: "a", Count: 3 }],
  [
    "a URL on one line",
    `${url}&Name=a&Count=-3&Share=1.50&Fast=True`,
    { Name: "a", Count: -3, Share: 1.5, Fast: true },
  ],
  ["Windows line ends", `${url}\r\n&Name=a\r\n&Count=3`, { Name: "a", Count: 3 }],
  ["URL-encoded characters", `${url}&Name=a%20b%2Bc+d%26`, { Name: "a b+c d&" }],
  ["characters that are not encoded", `${url}&Name=100%&Any=a=b`, { Name: "100%", Any: "a=b" }],
  ["a call by curl", `curl "${url}&Name=a" \\\n`, { Name: "a" }],
  ["an empty value", `${url}&Name=`, { Name: "" }],
  ["the keys of the signature", `${url}&PublicKey=p&Signature=s&SecurityToken=t&Name=a`, { Name: "a" }],
  ["indices from 0", `${url}&Tags.0=a&Tags.1=b`, { Tags: ["a", "b"] }],
  ["indices from 1", `${url}&Tags.1=a&Tags.2=b`, { Tags: ["a", "b"] }],
  ["N for an index", `${url}&Tags.N=a`, { Tags: ["a"] }],
  [
    "objects in arrays",
    `${url}&Disks.0.Size=1&Disks.0.Labels.0=x&Disks.1.Size=2`,
    { Disks: [{ Size: 1, Labels: ["x"] }, { Size: 2 }] },
  ],
  ["an object", `${url}&Options.Uni=false`, { Options: { Uni: false } }],
  ["a data model", `${url}&Owner.Id=o`, { Owner: { Id: "o" } }],
  [
    "a JSON body",
    '{\n "Action": "DoIt",\n "Count": 3,\n "Tags": ["a"], "Owner": {"Id": "o"}\n}',
    { Count: 3, Tags: ["a"], Owner: { Id: "o" } },
  ],
  ["a JSON body below a head", 'POST / HTTP/1.1\n\n{"Name": "a?b"}', { Name: "a?b" }],
])("reads %s", (_, text, values) => {
  expect(read(text)).toEqual({ values, messages: [] });
});

test.each<[what: string, text: string, values: Record<string, unknown>, message: string]>([
  [
    "another action",
    "https://gateway.example.com/?Action=DoThat\n&Name=a",
    { Name: "a" },
    '20: the request example calls "DoThat", but the page is about DoIt',
  ],
  [
    "a name twice",
    `${url}\n&Name=a\n&Name=b`,
    { Name: "a" },
    "22: Name appears twice in the request example",
  ],
  [
    "an element twice",
    `${url}\n&Tags.0=a\n&Tags.0=b`,
    { Tags: ["a"] },
    "22: Tags.0 appears twice in the request example",
  ],
  [
    "an unknown name",
    `${url}\n&Nmae=a`,
    {},
    "21: Nmae is in the request example, but not in the table at line 7",
  ],
  [
    "text for a number",
    `${url}\n&Count=many`,
    {},
    '21: Count is "many" in the request example, but of type integer at line 7',
  ],
  [
    "a number for a boolean",
    `${url}&Fast=1`,
    {},
    '20: Fast is "1" in the request example, but of type boolean at line 7',
  ],
  [
    "a value for a list",
    `${url}&Tags=a`,
    {},
    '20: Tags is "a" in the request example, but of type array at line 7',
  ],
  [
    "a list for a value",
    `${url}&Name.0=a`,
    {},
    "20: Name is of type array in the request example, but of type string at line 7",
  ],
  [
    "no request at all",
    "Ask the support.",
    {},
    "20: the request example has neither a query nor a JSON body",
  ],
  ["broken JSON", '{\n "Name": a\n}', {}, "21: the example is not valid JSON: invalid symbol"],
])("reports %s", (_, text, values, message) => {
  expect(read(text)).toEqual({ values, messages: [message] });
});

test("ignores a number that is not a safe integer", () => {
  expect(read(`${url}&Count=90071992547409930`).values).toEqual({});
});
