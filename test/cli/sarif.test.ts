import type { Log, Result } from "sarif";
import { expect, test } from "vitest";
import { type PagesFolder, pagesFolder } from "../support/pages-run.js";
import { smallPage } from "../support/small-page.js";

/** The only run of a report, and its results. */
async function runOf(folder: PagesFolder, name: string) {
  const log = JSON.parse(await folder.read(name)) as Log;
  expect(log.version).toBe("2.1.0");
  expect(log.$schema).toMatch(/sarif.*2\.1\.0/);
  expect(log.runs).toHaveLength(1);
  const { tool, results = [] } = log.runs[0] as Log["runs"][number];
  return { rules: tool.driver.rules ?? [], results };
}

const place = ({ locations }: Result) => locations?.[0]?.physicalLocation;

const withFindings = () =>
  pagesFolder({
    "two words.md": smallPage({ request: "?Action=DoIt&Hue=red&Token=WfTAPwME" }),
    "empty.md": "",
  });

test("writes errors and warnings with rules, levels, relative URIs, lines and fingerprints", async () => {
  const folder = await withFindings();
  await folder.transcribe("--report", folder.file("r.sarif"));
  const { rules, results } = await runOf(folder, "r.sarif");
  expect(new Set(results.map(({ level }) => level))).toEqual(new Set(["error", "warning"]));
  for (const { ruleId, ruleIndex = -1, message, partialFingerprints } of results) {
    expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(rules[ruleIndex]?.shortDescription?.text).toMatch(/./);
    expect(message.text).toMatch(/./);
    expect(Object.values(partialFingerprints ?? {})).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  }
  const [hue] = results.filter(({ ruleId }) => ruleId === "example-unknown-field");
  expect(hue?.message.text).toContain(
    "Hue is in the request example, but not in the table at line 1\nFix the table",
  );
  expect(hue && place(hue)).toEqual({
    artifactLocation: { uri: `${folder.at}/two%20words.md` },
    region: { startLine: 19 },
  });
  expect(results.map(({ ruleId }) => ruleId)).not.toContain("example-made-up");
});

test("keeps fingerprints when lines move", async () => {
  const folder = await withFindings();
  const prints = async () => {
    await folder.transcribe("--report", folder.file("r.sarif"));
    const { results } = await runOf(folder, "r.sarif");
    return results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]);
  };
  const before = await prints();
  const moved = smallPage({ request: "?Action=DoIt&Hue=red&Token=WfTAPwME" }).replace(
    "\n\n",
    "\n\nMore.\n\n",
  );
  await folder.write("two words.md", moved);
  expect(await prints()).toEqual(before);
});

test("leaves out what the baseline has", async () => {
  const folder = await withFindings();
  await folder.transcribe("--baseline", folder.file("known.json"), "--update-baseline");
  await folder.transcribe("--baseline", folder.file("known.json"), "--report", folder.file("r.sarif"));
  expect((await runOf(folder, "r.sarif")).results).toEqual([]);
});

test("takes the format from --report-format before the name of the file", async () => {
  const folder = await withFindings();
  await folder.transcribe("--report", folder.file("r.json"), "--report-format", "sarif");
  expect((await runOf(folder, "r.json")).results).not.toEqual([]);
  await folder.transcribe("--report", folder.file("r.sarif"), "--report-format", "json");
  expect(JSON.parse(await folder.read("r.sarif"))).toMatchObject({ summary: { pages: 2 } });
  expect(await folder.transcribe("--report-format", "xml")).toMatchObject({ code: 2 });
});
