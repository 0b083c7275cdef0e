import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { actiongen, isTrace } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

const cases = "test/transcribe/golden";
const good = "shelf-api/borrow_book.md";
const made = "shelf/BorrowBook.openapi.yaml";

/** A folder with a valid page in `pages/`, and optionally with a page that is rejected. */
async function pagesFolder(
  isMixed = false,
): Promise<{ pages: string; out: string; file: (name: string) => string }> {
  const folder = await temporaryFolder();
  const pages = join(folder, "pages");
  await mkdir(join(pages, "shelf-api"), { recursive: true });
  await cp(join(cases, "english/pages", good), join(pages, good));
  if (isMixed)
    await cp(join(cases, "rejected/pages/shelf-api/no_title.md"), join(pages, "shelf-api/no_title.md"));
  return { pages, out: join(folder, "spec"), file: (name) => join(folder, name) };
}

describe("transcribe", () => {
  test("writes documents and the configuration of a new folder, and changes nothing when run again", async () => {
    const { pages, out } = await pagesFolder();
    const first = await actiongen(["transcribe", pages, "--out", out]);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain(`wrote ${displayPath(out)}/${made}\n`);
    expect(first.out).toMatch(
      /1 page read, 1 action, 0 warnings, 0 notes, 0 rejected, 1 written, 0 unchanged in/,
    );
    const written = await contents(out);
    expect(Object.keys(written).sort()).toEqual(["actiongen.yaml", made, "shelf/pages.json"]);

    const second = await actiongen(["transcribe", pages, "--out", out]);
    expect(second).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^1 page read.* 1 unchanged/),
    });
    expect(await contents(out)).toEqual(written);
    expect((await actiongen(["generate", "--spec", out, "--out", join(out, "../generated")])).code).toBe(0);
  });

  test("transcribes the other pages if one cannot be opened", async () => {
    const { pages, out } = await pagesFolder();
    await symlink("nowhere.md", join(pages, "shelf-api/lost.md"));
    const { code, err, out: printed } = await actiongen(["transcribe", pages, "--out", out]);
    expect(code).toBe(1);
    expect(err).toBe(`${displayPath(pages)}/shelf-api/lost.md: does not exist\n  help: Check the path.\n`);
    expect(printed).toMatch(/2 pages read, 1 action, .* 1 rejected, 1 written/);
    expect(await readdir(join(out, "shelf"))).toEqual(["BorrowBook.openapi.yaml", "pages.json"]);
  });

  test("transcribes the valid pages, reports the others and exits with 1", async () => {
    const { pages, out } = await pagesFolder(true);
    const { code, err, out: printed } = await actiongen(["transcribe", pages, "--out", out]);
    expect(code).toBe(1);
    expect(err).toContain(`${displayPath(pages)}/shelf-api/no_title.md:1: has no title\n  help: `);
    expect(err).not.toMatch(isTrace);
    expect(printed).toContain(`wrote ${displayPath(out)}/${made}\n`);
    expect(printed).toMatch(/2 pages read, 1 action, .* 1 rejected, 1 written/);
    expect(await readdir(join(out, "shelf"))).toEqual(["BorrowBook.openapi.yaml", "pages.json"]);
  });

  test("reports warnings and exits with 0", async () => {
    const { out } = await pagesFolder();
    const pages = join(cases, "examples-disagree/pages");
    const { code, err } = await actiongen(["transcribe", pages, "--out", out]);
    expect(code).toBe(0);
    expect(err).toContain('lend_book.md:40: Days is "two" in the request example');
  });

  test("with --check, writes nothing and lists what would change", async () => {
    const { pages, out } = await pagesFolder();
    const before = await actiongen(["transcribe", pages, "--out", out, "--check"]);
    expect(before).toMatchObject({
      code: 1,
      out: expect.stringContaining(`would write ${displayPath(out)}/${made}\n`),
    });
    await expect(readdir(out)).rejects.toThrow("ENOENT");

    await actiongen(["transcribe", pages, "--out", out]);
    expect((await actiongen(["transcribe", pages, "--out", out, "--check"])).code).toBe(0);

    await edit(join(pages, good), "Which book", "The book");
    const written = await contents(out);
    const after = await actiongen(["transcribe", pages, "--out", out, "--check"]);
    expect(after).toMatchObject({
      code: 1,
      out: expect.stringContaining(`would write ${displayPath(out)}/${made}\n`),
    });
    expect(await contents(out)).toEqual(written);
  });

  test("changes only the line of a changed description, and the hash", async () => {
    const { pages, out } = await pagesFolder();
    await actiongen(["transcribe", pages, "--out", out]);
    const document = join(out, made);
    await edit(document, "operationId: BorrowBook\n", "operationId: BorrowBook # one at a time\n");
    const before = (await readFile(document, "utf8")).split("\n");
    await edit(join(pages, good), "For how many days", "How long");
    expect((await actiongen(["transcribe", pages, "--out", out])).code).toBe(0);
    const after = (await readFile(document, "utf8")).split("\n");
    expect(after.flatMap((line, index) => (line === before[index] ? [] : [line.trim()]))).toEqual([
      "description: How long",
      expect.stringMatching(/^hash: [0-9a-f]{16}$/),
    ]);
    expect(after).toHaveLength(before.length);
  });

  test("reports and keeps a document that was written by hand", async () => {
    const { pages, out } = await pagesFolder();
    await mkdir(join(out, "shelf"), { recursive: true });
    await writeFile(join(out, made), "openapi: 3.1.0\n");
    const { code, err } = await actiongen(["transcribe", pages, "--out", out]);
    expect(code).toBe(1);
    expect(err).toContain(
      `${displayPath(join(out, made))}:1: was written by hand, not transcribed from a page`,
    );
    expect(await readFile(join(out, made), "utf8")).toBe("openapi: 3.1.0\n");
  });

  test("writes the documents of the golden case for prose", async () => {
    const { file } = await pagesFolder();
    const out = file("case/spec");
    await cp(join(cases, "prose/pages"), file("case/pages"), { recursive: true });
    await mkdir(out, { recursive: true });
    await cp(join(cases, "actiongen.yaml"), join(out, "actiongen.yaml"));
    await actiongen(["transcribe", file("case/pages"), "--out", out]);
    const { "findings.txt": _, ...expected } = await contents(join(cases, "prose/expected"));
    expect(await contents(join(out, "shelf"))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([path, text]) => [path.replace("shelf/", ""), text])),
    );
  });

  test("with --report, writes the result of each page and all findings", async () => {
    const { pages, out, file } = await pagesFolder(true);
    const disagreeing = join(cases, "examples-disagree/pages");
    const report = file("report.json");
    await actiongen(["transcribe", pages, disagreeing, "--out", out, "--report", report]);
    const { summary, pages: reported, others } = JSON.parse(await readFile(report, "utf8"));
    expect(summary).toEqual({
      pages: 4,
      actions: 3,
      rejected: 1,
      others: 0,
      errors: 1,
      warnings: 14,
      notes: 1,
      changed: 3,
      removed: 0,
    });
    expect(others).toEqual([]);
    expect(
      reported.map(({ page, findings, ...rest }: { page: string; findings: unknown[] }) => ({
        page: page.split("/").at(-1),
        findings: findings.length,
        ...rest,
      })),
    ).toEqual([
      {
        page: "borrow_book.md",
        status: "read",
        action: "BorrowBook",
        product: "shelf",
        document: made,
        findings: 0,
      },
      { page: "no_title.md", status: "rejected", action: "", product: "", document: "", findings: 1 },
      {
        page: "lend_book.md",
        status: "read",
        action: "LendBook",
        product: "shelf",
        document: "shelf/LendBook.openapi.yaml",
        findings: 12,
      },
      {
        page: "return_book.md",
        status: "read",
        action: "ReturnBook",
        product: "shelf",
        document: "shelf/ReturnBook.openapi.yaml",
        findings: 3,
      },
    ]);
    expect(reported[1].findings[0]).toEqual({
      severity: "error",
      code: "no-action",
      line: 1,
      message: "has no title",
      help: "The page of an action must begin with `# summary - Action`.",
    });
  });

  test("applies an overlay, and reports an action that matches nothing", async () => {
    const { out } = await pagesFolder();
    const overlay = join(cases, "overlay/overlay.yaml");
    const { code, err } = await actiongen([
      "transcribe",
      join(cases, "overlay/pages"),
      "--out",
      out,
      "--overlay",
      overlay,
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^test\/transcribe\/golden\/overlay\/overlay\.yaml:10: action 4 \(.*'Hue'.*\) matches nothing in 1 document\n {2}help: /,
    );
    expect(await readFile(join(out, "shelf/LockShelf.openapi.yaml"), "utf8")).toContain(
      "x-actiongen-sensitive: true",
    );
  });

  test("reports all problems of the input at once, and writes nothing", async () => {
    const { out, file } = await pagesFolder();
    await mkdir(file("empty"));
    await writeFile(file("bad.yaml"), "overlay: 2.0.0\n");
    const args = ["transcribe", "nowhere", file("empty"), "--out", out, "--overlay", file("bad.yaml")];
    const { code, err, out: printed } = await actiongen(args);
    expect([code, printed]).toEqual([1, ""]);
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/bad\.yaml:1: overlay is "2\.0\.0", which is not supported$/),
      "  help: Write `overlay: 1.0.0`.",
      expect.stringMatching(/empty: contains no \*\.md files$/),
      "  help: Pass a page, or a folder that contains pages.",
      "nowhere: does not exist",
      "  help: Check the path.",
    ]);
    await expect(readdir(out)).rejects.toThrow("ENOENT");
  });

  test.each<[args: string[], text: RegExp]>([
    [["transcribe"], /missing required argument 'path'/],
    [["transcribe", "spec/pages", "--frobnicate"], /unknown option '--frobnicate'/],
    [["transcribe", "spec/pages", "--out"], /argument missing/],
  ])("rejects the arguments %j", async (args, text) => {
    expect(await actiongen(args)).toMatchObject({ code: 2, out: "", err: expect.stringMatching(text) });
  });
});

test("the committed documents are up to date with their pages", async () => {
  expect(await actiongen(["transcribe", "spec/pages", "--check"])).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^(?:note: .*\n|--report .*\n)*$/),
    out: expect.stringMatching(/^\d+ pages read, .* 0 rejected, 0 would be written, \d+ unchanged/),
  });
});
