import { rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { actiongen } from "../support/actiongen.js";
import { type PagesFolder, pagesFolder } from "../support/pages-run.js";
import { smallPage } from "../support/small-page.js";

/** A page with a warning for each unknown parameter. */
const page = (action: string, unknown: readonly string[]) =>
  smallPage({ action, request: `?Action=${action}${unknown.map((name) => `\n&${name}=7`).join("")}` });

async function withBaseline(): Promise<{
  folder: PagesFolder;
  run: PagesFolder["transcribe"];
  file: string;
}> {
  const folder = await pagesFolder({
    "a.md": page("DoA", ["Hue"]),
    "b.md": page("DoB", ["Size"]),
    "empty.md": "",
  });
  const file = folder.file("known.json");
  const run = (...args: readonly string[]) => folder.transcribe("--baseline", file, ...args);
  expect(await run("--update-baseline")).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringContaining(`wrote ${displayPath(file)}: 5 errors and warnings, 5 added, 0 removed\n`),
  });
  return { folder, run, file };
}

describe("a baseline", () => {
  test("has an entry per line, sorted, without line numbers", async () => {
    const { folder } = await withBaseline();
    const lines = (await folder.read("known.json")).split("\n");
    expect(lines.slice(0, 3)).toEqual(["{", '  "version": 1,', '  "findings": [']);
    const entries = lines.slice(3, -3).map((line) => JSON.parse(line.replace(/,$/, "")));
    expect(entries.map(({ file, message }) => `${basename(file)}: ${message}`).slice(0, 2)).toEqual([
      "a.md: Hue is in the request example, but not in the table",
      "b.md: Size is in the request example, but not in the table",
    ]);
    expect(entries[0]).toMatchObject({ file: "pages/shelf-api/a.md", code: "example-unknown-field" });
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(5);
  });

  test("hides what it has, errors included, even if lines move", async () => {
    const { folder, run } = await withBaseline();
    await folder.write("a.md", page("DoA", ["Hue"]).replace("\n\n", "\n\nMore about it.\n\n"));
    expect(await run()).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/0 warnings, 5 known, .* 1 rejected/),
    });
  });

  test("does not hide a new finding, which exits with 1", async () => {
    const { folder, run } = await withBaseline();
    await folder.write("b.md", page("DoB", ["Size", "Weight"]));
    const { code, err, out } = await run();
    expect(code).toBe(1);
    expect(err).toContain("b.md:21: Weight is in the request example");
    expect(err).not.toMatch(/Size|Hue|empty/);
    expect(out).toContain("1 warning, 5 known");
  });

  test("counts the same finding once for each time that it has it", async () => {
    const { folder, run } = await withBaseline();
    const damaged = (rows: string) => `${page("DoA", ["Hue"])}\n\n${rows}`;
    await folder.write("a.md", damaged("| lost | row |\n"));
    await run("--update-baseline");
    await folder.write("a.md", damaged("| lost | row |\n\n| lost | row |\n"));
    expect(await run()).toMatchObject({
      code: 1,
      err: expect.stringContaining("rows of tables that the document lacks: 1"),
    });
  });

  test("reports entries that no longer occur, and removes them when updated", async () => {
    const { folder, run, file } = await withBaseline();
    await folder.write("a.md", page("DoA", []));
    await rm(folder.file("pages/shelf-api/b.md"));
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toContain(
      `2 entries of ${displayPath(file)} can be removed with --update-baseline, since the findings are gone:\n` +
        "  pages/shelf-api/a.md: Hue is in the request example, but not in the table\n" +
        "  pages/shelf-api/b.md: Size is in the request example, but not in the table\n",
    );
    expect((await run("--update-baseline")).out).toContain("3 errors and warnings, 0 added, 2 removed");
    expect((await run()).out).not.toContain("removed with");
  });

  test("keeps the entries of pages that a run does not read", async () => {
    const { folder, file } = await withBaseline();
    const one = [folder.file("pages/shelf-api/a.md"), "--out", folder.file("spec"), "--baseline", file];
    const before = await folder.read("known.json");
    expect((await actiongen(["transcribe", ...one])).out).not.toContain("can be removed");
    await actiongen(["transcribe", ...one, "--update-baseline"]);
    expect(await folder.read("known.json")).toBe(before);
  });

  test("is the same from another working directory", async () => {
    const { folder, file } = await withBaseline();
    const args = ["transcribe", "pages", "--out", "spec", "--baseline", basename(file)];
    expect((await actiongen(args, { cwd: folder.file(".") })).out).toContain("0 warnings, 5 known");
  });
});

describe("rejects a baseline", () => {
  test("that does not exist, before anything is written", async () => {
    const folder = await pagesFolder({ "a.md": page("DoA", []) });
    const { code, err, out } = await folder.transcribe("--baseline", folder.file("known.json"));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/known\.json: does not exist\n {2}help: Create it with --update-baseline/);
  });

  test.each(["", "[]", '{"version":2,"findings":[]}', '{"version":1,"findings":[{"file":"a.md"}]}'])(
    "with the content %j",
    async (content) => {
      const folder = await pagesFolder({ "a.md": page("DoA", []) });
      await writeFile(folder.file("known.json"), content);
      const { code, err } = await folder.transcribe("--baseline", folder.file("known.json"));
      expect(code).toBe(1);
      expect(err).toMatch(/known\.json: is not a baseline: a JSON object with version 1 and findings/);
    },
  );

  test("without a file to update", async () => {
    const folder = await pagesFolder({ "a.md": page("DoA", []) });
    expect(await folder.transcribe("--update-baseline")).toMatchObject({
      code: 2,
      err: "error: --update-baseline requires --baseline FILE, the file to write\n",
    });
  });
});
