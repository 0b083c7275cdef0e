import { describe, expect, test } from "vitest";
import { renderPage, type VendorPage } from "../../scripts/bench/vendor-page.js";

const page: VendorPage = {
  action: "DescribeUAlderDisk",
  summary: "Look up disks",
  overview: "Lists disks.\n\n?> One region at a time.",
  parameters: [
    { name: "Region", type: "string", description: "Where to look", required: true },
    {
      name: "Disks.N.Backup.Hour",
      type: "int",
      description: "Either `a \\| b`<br />or none",
      required: false,
    },
  ],
  response: [
    { name: "DiskSet", type: { model: "DiskInfo", array: true }, description: "The disks", required: true },
    { name: "Owner", type: { model: "Owner", array: false }, description: "Whose", required: false },
    { name: "Tags", type: "array[string]", description: "", required: false },
  ],
  models: [
    { name: "DiskInfo", fields: [{ name: "Size", type: "float", description: "In GB", required: false }] },
    { name: "Owner", fields: [{ name: "Name", type: "string", description: "Who", required: true }] },
  ],
  requestExample: [
    ["Region", "cn-zj"],
    ["Disks.0.Backup.Hour", "4"],
  ],
  responseExample: { Action: "DescribeUAlderDiskResponse", DiskSet: [{ Size: 1.5 }], RetCode: 0 },
};

describe.each([
  { language: "en", anchor: "diskinfo", sections: ["Public Parameters", "Request Parameters", "Data Model"] },
  { language: "zh", anchor: "DiskInfo", sections: ["使用方法", "公共参数", "请求参数", "数据模型"] },
] as const)("a page in $language", ({ language, anchor, sections }) => {
  const text = renderPage(page, language);
  const lines = text.split("\n");

  test.each([
    ["the title", "# Look up disks - DescribeUAlderDisk"],
    ["a note of the overview", "?> One region at a time."],
    ["a required parameter", "| **Region** | string | Where to look |**Yes**|"],
    ["markup of a cell as it is", "| **Disks.N.Backup.Hour** | int | Either `a \\| b`<br />or none |No|"],
    ["a list of a model", `| **DiskSet** | array[[*DiskInfo*](#${anchor})] | The disks |**Yes**|`],
    ["an empty description", "| **Tags** | array[string] |  |No|"],
    ["the heading of a model", "#### DiskInfo"],
    ["a row of a model", "| **Size** | float | In GB |No|"],
    ["the first line of the request", "https://api.dezai.com/?Action=DescribeUAlderDisk"],
    ["a parameter of the request", "&Disks.0.Backup.Hour=4"],
    ["a member of the answer", '      "Size": 1.5'],
  ])("has %s", (_, line) => {
    expect(lines).toContain(line);
  });

  test("has the sections of the language", () => {
    const headings = lines.filter((line) => line.startsWith("#")).map((line) => line.replace(/^#+ /, ""));
    expect(headings).toEqual(expect.arrayContaining([...sections]));
  });

  test("adds the three rows that every answer has", () => {
    const names = lines.flatMap(
      (line) => /^\| \*\*(RetCode|Action|Message)\*\* \| (?:int|string) \|/.exec(line)?.[1] ?? [],
    );
    expect(names).toEqual(["RetCode", "Action", "Message"]);
  });
});

test("a page without models has no data model section", () => {
  expect(renderPage({ ...page, response: [], models: [] }, "en")).not.toContain("Data Model");
});
