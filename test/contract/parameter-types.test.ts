import { describe, expect, test } from "vitest";
import type { Recording } from "../../scripts/contract/recording.js";
import type { CreateClient } from "../../scripts/contract/replay.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { load } from "../../scripts/load.js";

describe("recorded parameters are held against the types of the document", async () => {
  const shapes = await load("test/golden/shapes/spec");
  const disks = { "Disks.0.Size": "20", "Disks.0.Type": "SSD", "Disks.0.Labels.0.Key": "k" };
  const given = { Action: "CreateDisks", Region: "r", Password: "p", ...disks };
  /** What is told of a call of the golden case, apart from its signature, which no program of its own made. */
  async function toldOf(parameters: Record<string, string>): Promise<string[]> {
    const recording: Recording = {
      file: "har",
      origin: "documented",
      method: "GET",
      baseUrl: shapes.brand.baseUrl,
      parameters: new Map(Object.entries(parameters)),
      status: 200,
      headers: [],
      mimeType: "application/json",
      body: '{"RetCode":0}',
      lineOf: () => 1,
    };
    // Sends what it is told to, as the generated client of this case would.
    const createClient: CreateClient = ({ fetch }) => ({
      createDisks: async () => {
        await fetch(`${shapes.brand.baseUrl}?${new URLSearchParams(parameters)}`, { method: "GET" });
        return { RetCode: 0 };
      },
    });
    return (await verifyRecording(recording, shapes, createClient)).map(({ message }) => message);
  }

  const path = "store/CreateDisks.openapi.yaml";
  test.each<[what: string, parameters: Record<string, string>, told: string[]]>([
    ["right ones", given, []],
    ["a new value of an open enumeration", { ...given, "Disks.0.Type": "NVMe" }, []],
    [
      "a text for an integer",
      { ...given, "Disks.0.Size": "big" },
      [`request parameter Disks.0.Size is "big" in the recording, but ${path} says integer`],
    ],
    [
      "an integer with a leading zero",
      { ...given, "Disks.0.Size": "020" },
      [`request parameter Disks.0.Size is "020" in the recording, but ${path} says integer`],
    ],
    [
      "an exponent",
      { ...given, Factor: "1e3" },
      [`request parameter Factor is "1e3" in the recording, but ${path} says number`],
    ],
    [
      "a text for a boolean",
      { ...given, "Placement.Spread": "yes" },
      [`request parameter Placement.Spread is "yes" in the recording, but ${path} says boolean`],
    ],
    [
      "an unknown field of an object",
      { ...given, "Disks.0.Colour": "red" },
      [`request parameter Disks.0.Colour is "red" in the recording, and ${path} has no such parameter`],
    ],
    [
      "a required field that is missing",
      { ...given, "Disks.1.Type": "HDD" },
      [`request parameter Disks.1.Size is absent in the recording, but ${path} requires it`],
    ],
    [
      "one value for an array",
      { Action: "CreateDisks", Region: "r", Password: "p", Disks: "20" },
      [`request parameter Disks is "20" in the recording, but ${path} says array`],
    ],
    [
      "an index beyond all parameters",
      { ...given, "Tags.4000000000": "x" },
      [`request parameter Tags.4000000000 is "x" in the recording, and ${path} has no such parameter`],
    ],
    [
      "a name that means something to JavaScript",
      { ...given, "__proto__.x": "1" },
      [`request parameter __proto__ is {"x":"1"} in the recording, and ${path} has no such parameter`],
    ],
  ])("%s", async (_, parameters, told) => {
    expect(await toldOf(parameters)).toEqual(told);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
