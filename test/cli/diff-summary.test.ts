import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { gitIn, gitRepository } from "../support/git-repository.js";
import { shelfPages } from "../support/shelf-pages.js";
import { documentPath, edit, temporaryFolder } from "../support/spec-folder.js";

describe("transcribe", () => {
  test("prints what it changed for programs", async () => {
    const { pages, transcribe } = await shelfPages("BorrowBook", "LendBook");
    await edit(join(pages, "shelf-api/LendBook.md"), "days |No|", "days |Yes|");
    const { out } = await transcribe();
    expect(out).toMatch(
      /\nPages changed: breaking changes\n {2}shelf\/LendBook: parameter Days became required.*\n(.*\n)*Versions: shelf major\n/,
    );
    expect((await transcribe()).out).not.toContain("Versions:");
  });

  test("prints ten lines, the most important first, and in a repository how to print all", async () => {
    const actions = Array.from({ length: 12 }, (_, index) => `BorrowBook${index}`);
    const { pages, out: spec, transcribe } = await shelfPages(...actions, "LendBook");
    gitIn(spec).git("init", "--quiet");
    for (const action of actions)
      await edit(join(pages, `shelf-api/${action}.md`), "For how many days", "Days");
    await mkdir(join(spec, "overlays"));
    const target = `$.paths['/'][?@.operationId == 'LendBook'].parameters[?@.name == 'Days']`;
    await writeFile(
      join(spec, "overlays/shelf.yaml"),
      `overlay: 1.0.0\ninfo: {title: Facts, version: 1.0.0}\nactions:\n  - {target: "${target}", update: {required: true}}\n`,
    );
    const { out } = await transcribe();
    expect(out).toMatch(
      /\nOverlays changed: breaking changes\n {2}shelf\/LendBook: .*\nPages changed: documentation and metadata\n/,
    );
    expect(out).toContain(`\n… 3 more: npm run actiongen -- diff HEAD --spec ${spec}\n`);
  });

  test("prints five changes of an action", async () => {
    const { pages, transcribe } = await shelfPages("BorrowBook");
    const row = (name: string) => `|${name}|string|A value.|No|\n`;
    const names = Array.from({ length: 7 }, (_, index) => `Other${index}`);
    const page = join(pages, "shelf-api/BorrowBook.md");
    const [first = ""] = /^.*days \|No\|.*\n/m.exec(await readFile(page, "utf8")) ?? [];
    await edit(page, first, first + names.map(row).join(""));
    const { out } = await transcribe();
    expect(out).toMatch(/new optional parameter Other4.*; … 2 more\n/);
    expect(out).not.toContain("new optional parameter Other5");
  });

  test("prints nothing about more than 100 documents", async () => {
    const actions = Array.from({ length: 101 }, (_, index) => `BorrowBook${index}`);
    const { pages, transcribe } = await shelfPages(...actions);
    const editAll = async (names: readonly string[], from: string, to: string) => {
      for (const name of names) await edit(join(pages, `shelf-api/${name}.md`), from, to);
    };
    await editAll(actions, "For how many days", "How many days");
    expect((await transcribe()).out).not.toContain("Versions:");
    await editAll(actions.slice(1), "How many days", "For how many days");
    expect((await transcribe()).out).toContain("Versions: shelf patch");
  });

  test("prints nothing about new documents of a new folder, nor with --check", async () => {
    const { pages, transcribe } = await shelfPages("BorrowBook");
    await edit(join(pages, "shelf-api/BorrowBook.md"), "For how many days", "Days");
    expect((await transcribe("--check")).out).not.toContain("Versions:");
    const fresh = join(await temporaryFolder(), "spec");
    expect((await actiongen(["transcribe", pages, "--out", fresh])).out).not.toContain("Versions:");
  });

  test("replaces documents that have problems", async () => {
    const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
    await edit(join(out, "shelf/LendBook.openapi.yaml"), "openapi: 3.1.0", "openapi: 4.0.0");
    await edit(join(pages, "shelf-api/BorrowBook.md"), "For how many days", "Days");
    const { out: printed } = await transcribe();
    expect(printed).toContain("1 written");
  });
});

describe("generate", () => {
  test("says which versions the changes need that it found, as soon as the output is committed", async () => {
    const { root, spec, commit } = await gitRepository();
    const generate = (...args: string[]) => actiongen(["generate", ...args], { cwd: root });
    expect((await generate()).out).not.toContain("Versions:");
    commit();

    const file = join(spec, documentPath);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/(- name: BlockId\n.*\n *required: )false/, "$1true"));
    const expected = /: breaking changes\n {2}umem\/.*BlockId became required.*\nVersions: umem major\n$/;
    expect(await generate("--check")).toMatchObject({ code: 1, out: expect.stringMatching(expected) });
    expect(await generate()).toMatchObject({ code: 0, out: expect.stringMatching(expected) });
    expect((await generate()).out).not.toContain("Versions:");
  });
});
