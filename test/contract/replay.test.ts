import { expect, test } from "vitest";
import { nest } from "../../scripts/contract/replay.js";

test("flat parameters become what a caller writes", () => {
  const flat = {
    A: "1",
    "Disks.0.Size": "20",
    "Disks.0.Labels.0.Key": "k",
    "Disks.1.Size": "40",
    "Place.Host": "h",
    "Ids.0": "x",
  };
  expect(nest(Object.entries(flat))).toEqual({
    A: "1",
    Disks: [{ Size: "20", Labels: [{ Key: "k" }] }, { Size: "40" }],
    Place: { Host: "h" },
    Ids: ["x"],
  });
});
