import { expect, test } from "vitest";
import { coverageOf } from "../../scripts/contract/coverage.js";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { captured, findingsOf } from "../support/recorded.js";
import { api } from "../support/seed-action.js";

const call = { Action: "DescribeUMemSpace", Region: "cn-zj" };
const lists = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const objects = (levels: number) => `${'{"A":'.repeat(levels)}1${"}".repeat(levels)}`;
const body = (value: string) =>
  `{"RetCode":0,"Action":"DescribeUMemSpaceResponse","TotalCount":0,"DataSet":[],"Zz":${value}}`;
const undocumented = /^Zz is of type \w+ \(hidden\) in the recording, and .* has no such field$/;
const tooDeep = /is not a JSON object, or is nested deeper than 200 levels$/;

test.each<[what: string, value: string, message: RegExp]>([
  ["lists of 40 levels", lists(40), undocumented],
  ["lists of 199 levels", lists(199), undocumented],
  ["objects of 199 levels", objects(199), undocumented],
  ["lists of 250 levels", lists(250), tooDeep],
  ["objects of 3587 levels", objects(3587), tooDeep],
  ["lists of 20,000 levels", lists(20_000), tooDeep],
])("a body with %s is compared, or it is said why not", async (_, value, message) => {
  const har = captured(api, call, body(value));
  expect((await findingsOf(api, har)).map((finding) => finding.message)).toEqual([
    expect.stringMatching(message),
  ]);
  const { recordings } = parseRecordings({ path: "har", text: har }, new Diagnostics());
  const { parameters, fields } = coverageOf(recordings, api).get("umem/DescribeUMemSpace") ?? {};
  expect(parameters).toEqual(["Region"]);
  expect(fields).toEqual(message === tooDeep ? [] : ["Action", "DataSet", "RetCode", "TotalCount"]);
});
