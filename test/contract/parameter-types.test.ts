import { describe, expect, test } from "vitest";
import type { Recording } from "../../scripts/contract/recording.js";
import type { CreateClient } from "../../scripts/contract/replay.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { load } from "../../scripts/load.js";

describe("recorded parameters are compared with the types of the document", async () => {
  const shapes = await load("test/golden/shapes/spec");
  const disks = { "Disks.0.Size": "20", "Disks.0.Type": "SSD", "Disks.0.Labels.0.Key": "k" };
  const call = { Action: "CreateDisks", Region: "r", Password: "p", ...disks };
  /** Findings about a call of the golden case, without those about its signature. */
  async function findingsOf(parameters: Record<string, string>): Promise<string[]> {
    const recording: Recording = {
      file: "har",
      origin: "documented",
      startedDateTime: "",
      document: undefined,
      content: { text: '{"RetCode":0}', encoding: "" },
      contradictions: [],
      method: "GET",
      baseUrl: shapes.brand.baseUrl,
      parameters: new Map(Object.entries(parameters)),
      status: 200,
      headers: [["Content-Type", "application/json"]],
      mimeType: "application/json",
      body: '{"RetCode":0}',
      lineOf: () => 1,
      pathOf: () => [],
    };
    // Sends the same parameters, as the generated client of this case would.
    const createClient: CreateClient = ({ fetch }) => ({
      createDisks: async () => {
        const { signal } = new AbortController();
        const init = { method: "GET", headers: {}, redirect: "manual", signal } as const;
        await fetch(`${shapes.brand.baseUrl}?${new URLSearchParams(parameters)}`, init);
        return { RetCode: 0 };
      },
    });
    return (await verifyRecording(recording, shapes, createClient)).map(({ message }) => message);
  }

  const path = "store/CreateDisks.openapi.yaml";
  test.each<[what: string, parameters: Record<string, string>, findings: string[]]>([
    ["right ones", call, []],
    ["a new value of an open enumeration", { ...call, "Disks.0.Type": "NVMe" }, []],
    [
      "a string for an integer",
      { ...call, "Disks.0.Size": "big" },
      [`request parameter Disks.0.Size is "big" in the recording, but ${path} says integer`],
    ],
    [
      "an integer with a leading zero",
      { ...call, "Disks.0.Size": "020" },
      [`request parameter Disks.0.Size is "020" in the recording, but ${path} says integer`],
    ],
    [
      "an exponent",
      { ...call, Factor: "1e3" },
      [`request parameter Factor is "1e3" in the recording, but ${path} says number`],
    ],
    [
      "a string for a boolean",
      { ...call, "Placement.Spread": "yes" },
      [`request parameter Placement.Spread is "yes" in the recording, but ${path} says boolean`],
    ],
    [
      "an unknown field of an object",
      { ...call, "Disks.0.Colour": "red" },
      [`request parameter Disks.0.Colour is "red" in the recording, and ${path} has no such parameter`],
    ],
    [
      "a required field that is missing",
      { ...call, "Disks.1.Type": "HDD" },
      [`request parameter Disks.1.Size is absent in the recording, but ${path} requires it`],
    ],
    [
      "one value for an array",
      { Action: "CreateDisks", Region: "r", Password: "p", Disks: "20" },
      [`request parameter Disks is "20" in the recording, but ${path} says array of object`],
    ],
    [
      "flat names of one parameter that the document lacks, once",
      {
        ...call,
        "Nets.0.Id": "a",
        "Nets.0.On": "true",
        "Nets.1.Id": "b",
        "Disks.0.Fast": "1",
        "Disks.1.Fast": "2",
        "Disks.1.Size": "20",
      },
      [
        `request parameter Nets.0.Id is "a" in the recording, and ${path} has no such parameter`,
        `request parameter Disks.0.Fast is "1" in the recording, and ${path} has no such parameter`,
      ],
    ],
    [
      "an index beyond all parameters",
      { ...call, "Tags.4000000000": "x" },
      [`request parameter Tags.4000000000 is "x" in the recording, and ${path} has no such parameter`],
    ],
    [
      "a name with a meaning in JavaScript",
      { ...call, "__proto__.x": "1" },
      [`request parameter __proto__.x is "1" in the recording, and ${path} has no such parameter`],
    ],
  ])("%s", async (_, parameters, findings) => {
    expect(await findingsOf(parameters)).toEqual(findings);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
