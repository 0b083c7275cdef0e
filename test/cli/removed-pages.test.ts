import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { actiongen } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { shelfPages, writePage } from "../support/shelf-pages.js";
import { edit } from "../support/spec-folder.js";

const pageOf = (action: string) => `shelf-api/${action}.md`;
const documentOf = (action: string) => `shelf/${action}.openapi.yaml`;

test("removes the document of a deleted page, and with --check lists it and exits with 1", async () => {
  const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook", "FindBook");
  await rm(join(pages, pageOf("LendBook")));
  const file = `${displayPath(out)}/${documentOf("LendBook")}`;
  const before = await contents(out);

  const check = await transcribe("--check");
  expect(check.code).toBe(1);
  expect(check.err).toMatch(/^Run `npm run actiongen -- transcribe .*` and commit the result\.\n$/);
  expect(check.out).toContain(`would remove ${file}\n`);
  expect(check.out).toMatch(/2 actions, .* 0 would be written, 1 would be removed, 2 unchanged/);
  expect(await contents(out)).toEqual(before);

  const report = join(out, "../report.json");
  const { code, err, out: printed } = await transcribe("--report", report);
  expect([code, err]).toEqual([0, ""]);
  expect(printed).toContain(`removed ${file}\n`);
  expect(printed).toMatch(/0 written, 1 removed, 2 unchanged/);
  expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({
    summary: { removed: 1 },
    removed: [documentOf("LendBook")],
  });
  const { [documentOf("LendBook")]: _, "shelf/pages.json": facts = "", ...others } = before;
  const left = facts.split("\n").filter((line) => !line.includes("LendBook"));
  expect(await contents(out)).toEqual({
    ...others,
    "shelf/pages.json": left.join("\n").replace(",\n}", "\n}"),
  });
  expect((await transcribe("--check")).code).toBe(0);
});

test("removes the folder of a product whose last page was deleted", async () => {
  const { pages, out, transcribe } = await shelfPages("BorrowBook", "FindBook");
  await writePage(pages, "SendPost", "post-api/send_post.md");
  await transcribe();
  await rm(join(pages, "post-api"), { recursive: true });
  expect((await transcribe()).code).toBe(0);
  expect((await readdir(out)).sort()).toEqual(["actiongen.yaml", "shelf"]);
});

test("keeps the document of an action that another page describes, too", async () => {
  const { pages, out, transcribe } = await shelfPages("BorrowBook");
  const other = "shelf-api/Another.md";
  await writePage(pages, "BorrowBook", other);
  await transcribe();
  const document = () => readFile(join(out, documentOf("BorrowBook")), "utf8");
  expect(await document()).toContain(`page: ../pages/${other}\n`);
  await rm(join(pages, other));
  const { code, out: printed } = await transcribe();
  expect([code, printed]).toEqual([0, expect.not.stringContaining("removed")]);
  expect(await document()).not.toContain(other);
});

describe("a page that moved", () => {
  test("to another file keeps its document", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
    await rename(join(pages, pageOf("LendBook")), join(pages, pageOf("moved")));
    const { code, out: printed } = await transcribe();
    expect([code, printed]).toEqual([0, expect.not.stringContaining("removed")]);
    expect(await readFile(join(out, documentOf("LendBook")), "utf8")).toContain("shelf-api/moved.md");
  });

  test("to another product moves its document", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook");
    await mkdir(join(pages, "desk-api"));
    await rename(join(pages, pageOf("BorrowBook")), join(pages, "desk-api/BorrowBook.md"));
    await transcribe("--allow-removing");
    expect(Object.keys(await contents(out)).sort()).toEqual([
      "actiongen.yaml",
      "desk/BorrowBook.openapi.yaml",
      "desk/pages.json",
    ]);
  });

  test("describes another action now, whose document replaces that of the former", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook");
    await writePage(pages, "TakeBook", pageOf("BorrowBook"));
    const { code, out: printed } = await transcribe();
    expect([code, printed]).toEqual([0, expect.stringMatching(/1 written, 1 removed, 0 unchanged/)]);
    expect(Object.keys(await contents(out)).sort()).toEqual([
      "actiongen.yaml",
      documentOf("TakeBook"),
      "shelf/pages.json",
    ]);
  });
});

test("refuses to remove most documents of a folder, unless --allow-removing is given", async () => {
  const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook", "FindBook");
  for (const action of ["BorrowBook", "LendBook"]) await rm(join(pages, pageOf(action)));
  const before = await contents(out);
  const files = ["BorrowBook", "LendBook"].map((action) => `${displayPath(out)}/${documentOf(action)}`);
  const { code, err } = await transcribe();
  expect(code).toBe(1);
  expect(err).toBe(
    `${displayPath(pages)}: lacks the pages of most of its documents, which were not removed: ${files.join(", ")}
  help: Check that it is the right folder, and complete. If these pages were deleted on purpose, pass --allow-removing.\n`,
  );
  expect(await contents(out)).toEqual(before);

  expect((await transcribe("--allow-removing")).code).toBe(0);
  expect(Object.keys(await contents(out)).sort()).toEqual([
    "actiongen.yaml",
    documentOf("FindBook"),
    "shelf/pages.json",
  ]);
});

describe("keeps a document", () => {
  test("that was edited by hand, and reports it", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
    await edit(join(out, documentOf("LendBook")), "For how many days", "Days until it is due");
    await rm(join(pages, pageOf("LendBook")));
    const { code, err } = await transcribe();
    expect(code).toBe(1);
    expect(err).toContain(
      `${displayPath(out)}/${documentOf("LendBook")}:1: has lost its page ${displayPath(pages)}/${pageOf("LendBook")}, but was edited by hand since\n`,
    );
    expect(Object.keys(await contents(out))).toContain(documentOf("LendBook"));
  });

  test("without a page", async () => {
    const { out, transcribe } = await shelfPages("BorrowBook");
    await writeFile(join(out, documentOf("ByHand")), "openapi: 3.1.0\n");
    await writeFile(join(out, "many.openapi.yaml"), "openapi: [\n");
    expect(await transcribe("--check")).toMatchObject({ code: 0, err: "" });
  });

  test("whose page is elsewhere", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook");
    const document = join(out, documentOf("BorrowBook"));
    await edit(document, "page: ../pages/shelf-api/", "page: ../other/shelf-api/");
    await rename(document, join(out, documentOf("LendBook")));
    await writePage(pages, "FindBook");
    expect((await transcribe()).out).not.toContain("removed");
  });

  test("whose page is not in the layout any more", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
    const before = await contents(out);
    await writeFile(join(pages, pageOf("LendBook")), "# LendBook\n");
    const { code, out: printed } = await transcribe();
    expect([code, printed]).toEqual([1, expect.not.stringContaining("removed")]);
    expect(await contents(out)).toEqual(before);
  });

  test("of another page, if single pages are transcribed", async () => {
    const { pages, out } = await shelfPages("BorrowBook", "LendBook");
    await rm(join(pages, pageOf("LendBook")));
    const page = join(pages, pageOf("BorrowBook"));
    expect(await actiongen(["transcribe", page, "--out", out, "--check"])).toMatchObject({
      code: 0,
      err: "",
    });
  });
});

test("reports an overlay that matches only the document of a deleted page", async () => {
  const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
  await mkdir(join(out, "overlays"));
  const overlay = `overlay: 1.0.0
info: { title: Facts, version: 1.0.0 }
actions:
  - target: $.paths['/'][?@.operationId == 'LendBook']
    update: { x-actiongen-retry-safe: true }
`;
  await writeFile(join(out, "overlays/shelf.yaml"), overlay);
  expect((await transcribe()).code).toBe(0);
  await rm(join(pages, pageOf("LendBook")));
  const { code, err } = await transcribe();
  expect([code, err]).toEqual([1, expect.stringContaining("matches nothing in 1 document")]);
});
