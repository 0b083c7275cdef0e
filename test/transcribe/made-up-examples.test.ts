import { expect, test } from "vitest";
import { type Parts, row, smallPage } from "../support/small-page.js";
import { transcribed } from "../support/transcribed.js";

/** The findings of a page, as `severity code: message`. */
function findingsOf(parts: Parts): string[] {
  const { findings } = transcribed(smallPage(parts));
  return findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

const random = "?Action=DoIt\n&Token=WfTAPwME";

test.each<[what: string, parts: Parts, code: string]>([
  ["an unknown parameter", { request: random }, "Token is in the request example, but not in the table"],
  [
    "an unknown number beside a random string",
    { rows: row("Token"), request: `${random}&Count=7` },
    "Count is in the request example, but not in the table",
  ],
  [
    "a value of another type",
    { rows: row("Token", "int"), request: random },
    'Token is "WfTAPwME" in the request example, but of type integer',
  ],
  [
    "a required parameter",
    { rows: [row("Token"), row("Id", "string", "x", "**Yes**")].join("\n"), request: random },
    "Id is required at line 8, but the request example does not contain it",
  ],
  [
    "an unknown field that consists of random strings",
    { response: '{ "RetCode": 0, "Ids": ["HnsnJnXX", { "A": "lIDfEOmM" }] }' },
    "Ids is in the response example, but not in the table",
  ],
])("notes what differs because of the vendor's random values: %s", (_, parts, message) => {
  expect(findingsOf(parts)).toEqual([expect.stringContaining(`note example-made-up: ${message}`)]);
});

test.each<[what: string, parts: Parts, message: string]>([
  [
    "an unknown parameter of an example without random values",
    { request: "?Action=DoIt&Count=7" },
    "warning example-unknown-field: Count is in the request example, but not in the table at line 1",
  ],
  [
    "an unknown parameter with a meaningful value in a random example",
    { rows: row("Token"), request: `${random}&Colour=dark-red` },
    "warning example-unknown-field: Colour is in the request example, but not in the table at line 7",
  ],
  [
    "a required field of an example without random values",
    { fields: row("Id", "string", "x", "**Yes**") },
    "warning example-missing-field: Id is required at line 14, but the response example does not contain it",
  ],
])("warns of %s", (_, parts, message) => {
  expect(findingsOf(parts)).toEqual([message]);
});

test.each<[what: string, parts: Parts, message: string]>([
  [
    "a location that only the example has",
    { request: "?Action=DoIt&Region=cn-zj" },
    "note example-location: Region is in the request example, but not in the table at line 1",
  ],
  [
    "a location that only the table has",
    { rows: row("Region", "string", "x", "**Yes**") },
    "note example-location: Region is required at line 7, but the request example does not contain it",
  ],
  [
    "a name that is spelled differently",
    { rows: row("ImageId", "string", "x", "**Yes**"), request: "?Action=DoIt&ImageID=image-1" },
    "note example-spelling: ImageID is in the request example, but the table has ImageId at line 7",
  ],
])("notes %s, once", (_, parts, message) => {
  expect(findingsOf(parts)).toEqual([message]);
});

test("ignores spaces around the action of an example, and reports another action without them", () => {
  expect(findingsOf({ request: "?Action= DoIt" })).toEqual([]);
  expect(findingsOf({ request: "?Action= DoAll " })).toEqual([
    'warning action-differs: the request example calls "DoAll", but the page is about DoIt',
  ]);
});

test("names the kind of a value, not the data model of its field", () => {
  const fields = `${row("Loan", "[*Loan*](#loan)")}\n\n#### Loan\n\n| Field Name | Type | Required |\n|:---|:---|:---|\n| **Id** | int | No |`;
  const response = '{ "RetCode": 0, "Loan": "none" }';
  expect(findingsOf({ fields, response })).toContain(
    'warning example-type: Loan is "none" in the response example, but of type object at line 14',
  );
});
