import { expect, test } from "vitest";
import { compareModels } from "../../scripts/diff/compare.js";
import { load } from "../../scripts/load.js";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";

const lines = { Action: 5, Mode: 11, "Disks.N.Size": 12, "Disks.N.Tags.N": 13 };
const text = { type: "string" };

function stateOf(size: object, tags: object, field: object) {
  const items = { type: "object", properties: { Size: size, Tags: { type: "array", items: tags } } };
  return actionDocument("DescribeDisk", {
    parameters: [
      { name: "Mode", in: "query", schema: text },
      { name: "Disks", in: "query", "x-actiongen-style": "indexed", schema: { type: "array", items } },
    ],
    response: { DiskSet: { type: "array", items: { $ref: "#/components/schemas/Disk" } } },
    schemas: { Disk: { type: "object", properties: { Id: text, Size: field } } },
    root: {
      "x-actiongen-source": {
        page: "pages/describe_disk.md",
        line: 1,
        parameters: lines,
        schemas: { DescribeDiskResponse: { DiskSet: 31 }, Disk: { Id: 41, Size: 42 } },
      },
    },
  });
}

test("a change has the line of the parameter or field, whatever the page calls its parents", async () => {
  const stateFolder = (...types: [object, object, object]) =>
    folderOf("test/golden/shapes/spec", { "store/DescribeDisk.openapi.yaml": stateOf(...types) });
  const whole = { type: "integer" };
  const before = await load(await stateFolder(text, text, text));
  const after = await load(await stateFolder(whole, whole, whole));
  const found = compareModels(before, after).filter(({ action }) => action === "DescribeDisk");
  expect(found.map(({ path, newSource: { file, line } }) => [path, line, file.split("/").at(-1)])).toEqual([
    ["DiskSet.N.Size", 42, "describe_disk.md"],
    ["Disks.N.Size", 12, "describe_disk.md"],
    ["Disks.N.Tags.N", 13, "describe_disk.md"],
  ]);
});

test("a parameter has no line in the state that lacks it", async () => {
  const own = { page: "pages/describe_disk.md", line: 1, parameters: { Action: 5, Mode: 11 }, schemas: {} };
  const stateFolder = (...parameters: object[]) =>
    folderOf("test/golden/shapes/spec", {
      "store/DescribeDisk.openapi.yaml": actionDocument("DescribeDisk", {
        parameters: parameters as Record<string, unknown>[],
        root: { "x-actiongen-source": own },
      }),
    });
  const before = await load(await stateFolder());
  const after = await load(await stateFolder({ name: "Mode", in: "query", schema: text }));
  const found = compareModels(before, after).filter(({ action }) => action === "DescribeDisk");
  expect(found.map(({ rule, oldSource, newSource }) => [rule, oldSource.line, newSource.line])).toEqual([
    ["param-added-optional", 0, 11],
  ]);
});

test("what changes inside a renamed object has the lines of both names", async () => {
  const stateFolder = (name: string, type: object, lines: object, ...removed: string[]) => {
    const all = { Size: type, Gone: { ...text, description: "Gone." } };
    const properties = Object.fromEntries(Object.entries(all).filter(([key]) => !removed.includes(key)));
    const own = { page: "pages/describe_disk.md", line: 1, parameters: { Action: 5 } };
    return folderOf("test/golden/shapes/spec", {
      "store/DescribeDisk.openapi.yaml": actionDocument("DescribeDisk", {
        response: { [name]: { type: "object", properties } },
        root: { "x-actiongen-source": { ...own, schemas: { Response: lines } } },
      }),
    });
  };
  const before = await load(await stateFolder("A", text, { "A.Size": 31, "A.Gone": 32 }));
  const after = await load(await stateFolder("B", { type: "integer" }, { "B.Size": 41 }, "Gone"));
  const found = compareModels(before, after, { "DescribeDisk.A": "B" });
  expect(found.map(({ rule, oldSource, newSource }) => [rule, oldSource.line, newSource.line])).toEqual([
    ["resp-renamed", 31, 41],
    ["resp-removed-optional", 32, 0],
    ["resp-type-changed", 31, 41],
  ]);
});
