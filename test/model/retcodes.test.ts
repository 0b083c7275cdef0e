import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { summarize } from "../../scripts/model/summary.js";
import { config, errorsOf, expectError } from "../support/errors.js";
import { documentPath, type Edit, specFolder } from "../support/spec-folder.js";

const table = "umem/retcodes.yaml";
/** Adds keys to the entry of RetCode 20104. */
const entry = (...lines: string[]): Edit => [
  table,
  "- code: 20104\n",
  `- code: 20104\n${lines.map((line) => `  ${line}\n`).join("")}`,
];
const gatewayCode = (...lines: string[]) =>
  config(
    "exampleCredentials:",
    [
      "retCodes:",
      "  - code: 153",
      "    name: Asleep",
      "    meaning: It slept.",
      "    remedy: Wake it.",
      "    retry: always",
      ...lines.map((line) => `    ${line}`),
      "exampleCredentials:",
    ].join("\n"),
  );

test("causes and the actions that a RetCode is specific to are in the model", async () => {
  const folder = await specFolder(
    entry("causes: [It was not renewed., An order is unpaid.]", "actions: [DescribeUMemBackupURL]"),
  );
  const [product] = (await load(folder)).products;
  const retCodes = new Map(product?.retCodes.map((retCode) => [retCode.code, retCode]));
  expect(retCodes.get(20104)).toMatchObject({
    causes: ["It was not renewed.", "An order is unpaid."],
    actions: ["DescribeUMemBackupURL"],
  });
  expect(retCodes.get(20208)).toMatchObject({ causes: [], actions: [] });
});

test.each<[key: string, line: string, seen: string, help: string]>([
  [
    "causes",
    "causes: It was not renewed.",
    '"It was not renewed."',
    "a list of sentences, the most likely cause first",
  ],
  ["causes", 'causes: ["", b]', '["","b"]', "a list of sentences, the most likely cause first"],
  ["actions", "actions: DescribeDisk", '"DescribeDisk"', "a list of names of actions"],
  ["actions", "actions: [Describe disk]", '["Describe disk"]', "a list of names of actions"],
])("invalid %s are reported: %s", async (key, line, seen, help) => {
  const folder = await specFolder(entry(line));
  await expectError(folder, table, line, `${key} of entry`);
  expect(await errorsOf(folder)).toContain(`in the RetCode table is ${seen}\n  help: Use ${help}.`);
});

test.each(["0", "-1", "1.5", '"20104"', "9007199254740992"])(
  "the code %s is not one of an error",
  async (code) => {
    const folder = await specFolder([table, "- code: 20104\n", `- code: ${code}\n`]);
    await expectError(
      folder,
      table,
      `- code: ${code}`,
      `code of entry 16 in the RetCode table is ${code} (Use an integer above 0.)`,
    );
  },
);

test("an action that the product does not have is reported", async () => {
  const folder = await specFolder(entry("actions: [DescribeUMemBackupURL, DescribeDisk, ListDisks]"));
  await expectError(
    folder,
    documentPath,
    "get:",
    "RetCode 20104 lists DescribeDisk, ListDisks, which umem does not have (Correct actions in the RetCode table that x-actiongen-retcodes of the documents refers to, such as umem/retcodes.yaml.)",
  );
});

test("a RetCode of the gateway cannot be specific to actions", async () => {
  const folder = await specFolder(gatewayCode("actions: [DescribeUMemBackupURL]"));
  await expectError(
    folder,
    "actiongen.yaml",
    "actions: [DescribeUMemBackupURL]",
    "RetCode 153 of the gateway lists DescribeUMemBackupURL, but any action can return it (Remove actions.)",
  );
});

test("the summary of a product has its own description of a RetCode of the gateway, and not the gateway's", async () => {
  const namesIn = async (...edits: Edit[]) => {
    const { brand, products } = await load(await specFolder(...edits));
    const [summary] = products.map((product) => summarize(product, brand));
    return summary?.retCodes.map(({ name }) => name);
  };
  expect(await namesIn(gatewayCode())).toContain("RequestThrottled");
  const shared = await namesIn(gatewayCode(), ["retcodes.yaml", "- code: 153\n", "- code: 154\n"]);
  expect(shared).not.toContain("Asleep");
});
