import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Recording } from "../../scripts/contract/recording.js";
import { load } from "../../scripts/load.js";
import { folderOf } from "../support/bundled.js";
import { once } from "../support/once.js";
import { applied, overlayOf } from "../support/overlays.js";
import { captured, findingsOf } from "../support/recorded.js";

const spec = "test/golden/shapes/spec";
const path = "store/CreateDisks.openapi.yaml";
const document = {
  ...parse(await readFile(`${spec}/${path}`, "utf8")),
  "x-actiongen-source": {
    page: "pages/create_disks.md",
    line: 1,
    parameters: { Region: 12, Disks: 13, Placement: 14 },
    schemas: { CreateDisksResponse: { RetCode: 31, DiskSet: 32 }, Disk: { Size: 41, Type: 42 } },
  },
};
/** Called in a test, which the folder needs. */
const loadOriginal = once(async () => await load(await folderOf(spec, { [path]: document })));

Object.assign(document.components.schemas.CreateDisksResponse.properties, {
  Slots: {
    type: "array",
    items: { type: "object", required: ["Name"], properties: { Name: { type: "string" } } },
  },
});

const call = { Action: "CreateDisks", Region: "r", Password: "p", "Disks.0.Size": "20" };
const described = { RetCode: 0, DiskSet: [{ Size: 20 }] };
const { Region: _, ...withoutRegion } = call;
const { "Disks.0.Size": _size, ...withoutSize } = call;

describe("an overlay of a finding corrects the document, so that the finding disappears:", () => {
  test.each<[what: string, code: string, line: number, parameters: Record<string, string>, body: unknown]>([
    ["a parameter", "parameter-undocumented", 1, { ...call, Zone: "z" }, described],
    ["a number as a parameter", "parameter-undocumented", 1, { ...call, Count: "5" }, described],
    [
      "a list as a parameter",
      "parameter-undocumented",
      1,
      { ...call, "Ids.0": "a", "Ids.1": "b" },
      described,
    ],
    [
      "objects as a parameter",
      "parameter-undocumented",
      1,
      { ...call, "Nets.0.Id": "a", "Nets.0.On": "true" },
      described,
    ],
    [
      "a field of an object in a parameter",
      "parameter-undocumented",
      41,
      { ...call, "Disks.0.Fast": "true" },
      described,
    ],
    [
      "a field of nested objects in a parameter",
      "parameter-undocumented",
      41,
      { ...call, "Disks.0.Labels.0.Key": "k", "Disks.0.Labels.0.Hue": "x" },
      described,
    ],
    ["a parameter's case", "parameter-case", 12, { ...withoutRegion, region: "r" }, described],
    [
      "the case of a field of a parameter",
      "parameter-case",
      14,
      { ...call, "Placement.spread": "true" },
      described,
    ],
    ["a parameter's type", "parameter-type", 1, { ...call, Factor: "much" }, described],
    [
      "the type of a field of a parameter",
      "parameter-type",
      14,
      { ...call, "Placement.Spread": "yes" },
      described,
    ],
    ["a required parameter", "parameter-missing", 12, withoutRegion, described],
    [
      "a required field of a parameter",
      "parameter-missing",
      41,
      { ...withoutSize, "Disks.0.Type": "SSD" },
      described,
    ],
    ["a field", "field-undocumented", 31, call, { ...described, Quota: { Left: [1, "x"] } }],
    [
      "a field of an object",
      "field-undocumented",
      41,
      call,
      { ...described, DiskSet: [{ Size: 1, Tag: null }] },
    ],
    [
      "a field that has the name of a member of every object",
      "field-undocumented",
      31,
      call,
      { ...described, constructor: 1 },
    ],
    ["a field's case", "field-case", 32, call, { RetCode: 0, diskSet: [] }],
    [
      "the case of a required field of an object",
      "field-case",
      31,
      call,
      { RetCode: 0, Slots: [{ name: "a" }] },
    ],
    ["a field's type", "field-type", 32, call, { RetCode: 0, DiskSet: "none" }],
    ["the type of an item", "field-type", 32, call, { RetCode: 0, DiskSet: ["d-1"] }],
    ["the type of a field of an object", "field-type", 41, call, { RetCode: 0, DiskSet: [{ Size: "20" }] }],
    ["null", "field-type", 32, call, { RetCode: 0, DiskSet: null }],
    ["null for a field of an object", "field-type", 41, call, { RetCode: 0, DiskSet: [{ Size: null }] }],
    ["null for an item", "field-type", 32, call, { RetCode: 0, DiskSet: [null] }],
    [
      "a value of an enumeration",
      "field-value",
      42,
      call,
      { RetCode: 0, DiskSet: [{ Size: 1, Type: "NVMe" }] },
    ],
    ["a value of an enumeration of another type", "field-type", 31, call, { RetCode: 0, Level: true }],
    ["a required field", "field-missing", 41, call, { RetCode: 0, DiskSet: [{}] }],
    ["a required field of an error", "field-missing", 1, call, { RetCode: 7001 }],
    ["a RetCode", "retcode-undocumented", 1, call, { RetCode: 12345, Message: "no" }],
  ])("%s", async (_, code, line, parameters, recorded) => {
    await expectCorrection(code, line, parameters, recorded);
  });

  test("a field whose name is not an identifier", async () => {
    const recorded = { ...described, 'it\'s "odd"\\ [0]': 1 };
    // Such a key of a captured call can be a value.
    await expectCorrection("field-undocumented", 31, call, recorded, { origin: "documented" });
  });

  async function expectCorrection(
    code: string,
    line: number,
    parameters: Record<string, string>,
    recorded: unknown,
    changes: Partial<Recording> = {},
  ) {
    const api = await loadOriginal();
    const har = captured(api, parameters, recorded);
    const findings = await findingsOf(api, har, changes);
    expect([...new Set(findings.map((one) => one.code))]).toEqual([code]);
    // Findings about items of one list have the same overlay.
    const all = findings.flatMap((one) =>
      one.overlay.map((action) => [JSON.stringify(action), action] as const),
    );
    const overlay = [...new Map(all).values()];
    expect(findings[0]?.source?.line).toBe(line);
    const { result, report } = applied([await overlayOf(...overlay)], document);
    expect(report).toBe("");
    const corrected = await load(await folderOf(spec, { [path]: result }));
    expect(await findingsOf(corrected, har, changes)).toEqual([]);
  }
});
