import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { printCoverage } from "../../scripts/commands/coverage.js";
import { coverageOf } from "../../scripts/contract/coverage.js";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { actiongen } from "../support/actiongen.js";
import { madeUpProduct } from "../support/made-up-product.js";
import { captured } from "../support/recorded.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

const shard = "umem/DescribeUMemBackupURL.success-one-shard.har";

async function recordings(): Promise<string> {
  const folder = await temporaryFolder();
  await cp("test/recordings", folder, { recursive: true });
  return folder;
}

test("verify prints how much of each action the recordings show, and what they do not", async () => {
  const { code, out } = await actiongen(["verify", "--coverage"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^action +parameters +fields +RetCodes\n/);
  expect(out).toMatch(/^umem\/DescribeUMemBackupURL +6\/6 +3\/4 +11\/\d+$/m);
  expect(out).toMatch(/^umem\/DescribeUMemBackupURL without: Message$/m);
});

test("verify reports what was shown and no longer is, until the floor is written again", async () => {
  const folder = await recordings();
  await rm(join(folder, shard));
  await edit(join(folder, "coverage.json"), '"umem/CreateUMemBackup"', '"umem/Removed"');
  const before = await readFile(join(folder, "coverage.json"), "utf8");
  const { code, err } = await actiongen(["verify", "--recordings", folder]);
  expect(code).toBe(1);
  expect(err.split("\n").filter((line) => !line.startsWith("  help: "))).toEqual([
    expect.stringMatching(/coverage\.json:2: no document describes umem\/Removed any more$/),
    expect.stringMatching(
      /coverage\.json:\d+: no recording shows the parameter BlockId of umem\/DescribeUMemBackupURL any more$/,
    ),
    "",
  ]);
  expect(err.match(/ {2}help: .*--update-coverage/g)).toHaveLength(2);
  await writeFile(join(folder, "broken.har"), "{");
  const broken = await actiongen(["verify", "--recordings", folder, "--update-coverage"]);
  expect([broken.code, broken.err]).toEqual([
    1,
    expect.stringMatching(/\nThe coverage was not written, since/),
  ]);
  expect(await readFile(join(folder, "coverage.json"), "utf8")).toBe(before);
  await rm(join(folder, "broken.har"));
  const updated = await actiongen(["verify", "--recordings", folder, "--update-coverage"]);
  expect([updated.code, updated.err]).toEqual([0, ""]);
  expect(await readFile(join(folder, "coverage.json"), "utf8")).not.toMatch(/BlockId|Removed/);
});

test("verify reports what is no name or RetCode in the floor", async () => {
  const folder = await recordings();
  const floor = { "umem/DescribeUMemSpace": { parameters: [{ toString: 1 }, "Region"] } };
  await writeFile(join(folder, "coverage.json"), JSON.stringify(floor));
  const { code, err } = await actiongen(["verify", "--recordings", folder]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(
      /coverage\.json:1: has a parameter of umem\/DescribeUMemSpace that is no string or number\n {2}help: [^\n]+\n$/,
    ),
  ]);
});

test.each(["--coverage", "--update-coverage"])("verify refuses %s with --format json", async (option) => {
  const { code, err } = await actiongen(["verify", "--format", "json", option]);
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/^error: --coverage and --update-coverage print text; omit --format json/),
  ]);
});

const string = { type: "string" };
const pot = { type: "object", properties: { Size: { type: "integer" }, "\u001b[31mRed\u0007": string } };
const pots = {
  list: { type: "array", items: pot },
  map: { type: "object", additionalProperties: pot },
  lists: { type: "array", items: { type: "array", items: pot } },
};

test("coverage has the parameters and fields in lists and maps, and prints no control characters", async () => {
  const { product, brand } = await madeUpProduct({
    DoIt: {
      parameters: Object.entries(pots).map(([name, schema]) => ({
        name,
        in: "query",
        schema,
        "x-actiongen-style": "indexed",
      })),
      response: pots,
    },
  });
  const api = { brand, products: [product] };
  const parameters = { "list.0.Size": "1", "map.a.Size": "1", "lists.0.0.Size": "1" };
  const body = { RetCode: 0, list: [{ Size: 1 }], map: { a: { Size: 1 } }, lists: [[{ Size: 1 }]] };
  const har = captured(api, { Action: "DoIt", ...parameters }, body);
  const { recordings: read } = parseRecordings({ path: "har", text: har }, new Diagnostics());
  const coverage = coverageOf(read, api);
  const paths = ["list", "list.N.Size", "lists", "lists.N.N.Size", "map", "map.*.Size"];
  expect(coverage.get("pots/DoIt")).toMatchObject({ parameters: paths, fields: ["RetCode", ...paths] });
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  printCoverage(coverage);
  const printed = log.mock.calls.flat().join("");
  log.mockRestore();
  expect(printed).toContain("[31mRed");
  expect(printed).not.toMatch(/\p{Cc}/u);
});

test("verify reports a floor that is not JSON", async () => {
  const folder = await recordings();
  await edit(join(folder, "coverage.json"), "{", "");
  const { code, err } = await actiongen(["verify", "--recordings", folder]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /coverage\.json:\d+: is not JSON\n {2}help: Write it again with `verify --update-coverage`/,
  );
});
