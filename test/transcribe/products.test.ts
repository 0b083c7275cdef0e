import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import type { Finding } from "../../scripts/transcribe/findings.js";
import { actiongen } from "../support/actiongen.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";
import { formatFindings, loadDocuments, transcribedFolder } from "../support/transcribed.js";

const cases = "test/transcribe/golden";
const configuration = join(cases, "actiongen.yaml");
const [moved, relocated] = ["move_book.md", "relocate_book.md"].map((name) =>
  join(cases, "two-pages-differ/pages/shelf-api", name),
) as [string, string];

/** A folder whose `pages` are copies of other pages, by path. @param settings of `transcribe` in the configuration. */
async function pagesFolder(pages: Readonly<Record<string, string>>, settings = "{}"): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, page] of Object.entries(pages)) {
    await mkdir(dirname(join(folder, "pages", path)), { recursive: true });
    await cp(page, join(folder, "pages", path));
  }
  const [text] = (await readFile(configuration, "utf8")).split("\ntranscribe:");
  await writeFile(join(folder, "actiongen.yaml"), `${text}\ntranscribe: ${settings}\n`);
  return folder;
}

async function documentsOf(folder: string) {
  const { documents, findings } = await transcribedFolder(folder, configuration);
  const own = (codes: RegExp) => findings.filter(({ code }: Finding) => codes.test(code));
  const report = (codes: RegExp) => formatFindings(own(codes)).replaceAll(`${displayPath(folder)}/`, "");
  return { documents: new Map(documents.map(({ path, content }) => [path, content])), report };
}

describe("an action that two products describe", () => {
  test("has a document of each product, each from its own page", async () => {
    const folder = await pagesFolder({ "depot-api/book.md": relocated, "shelf-api/book.md": moved });
    const { documents, report } = await documentsOf(folder);
    expect([...documents.keys()]).toEqual(["depot/MoveBook.openapi.yaml", "shelf/MoveBook.openapi.yaml"]);
    expect(documents.get("depot/MoveBook.openapi.yaml")).toContain("name: Gently");
    expect(documents.get("shelf/MoveBook.openapi.yaml")).not.toContain("name: Gently");
    expect(report(/^page-(?!product)/)).toBe("");
    const { products } = await loadDocuments(documents);
    expect(products.map(({ name, actions }) => [name, actions.map((action) => action.name)])).toEqual([
      ["depot", ["MoveBook"]],
      ["shelf", ["MoveBook"]],
    ]);
  });

  test("is a note with what differs", async () => {
    const folder = await pagesFolder({ "depot-api/book.md": relocated, "shelf-api/book.md": moved });
    expect((await documentsOf(folder)).report(/^page-/)).toMatch(
      /^pages\/shelf-api\/book\.md:1: note: describes MoveBook of shelf, which pages\/depot-api\/book\.md describes for depot, but differently: ShelfId, How, Stops, Gently, MoveBookResponse\.Place, MoveBookResponse\.Path\n {2}help: No action needed if both products have it\. If both are one product, map one folder to the other in transcribe\.products of the configuration\.$/,
    );
    const alike = await pagesFolder({ "depot-api/book.md": moved, "shelf-api/book.md": moved });
    expect((await documentsOf(alike)).report(/^page-/)).toContain("for depot, in the same way\n");
  });

  test("has the pages of each product merged", async () => {
    const folder = await pagesFolder({
      "depot-api/book.md": moved,
      "shelf-api/a.md": moved,
      "shelf-api/b.md": relocated,
    });
    const { documents, report } = await documentsOf(folder);
    expect(documents.get("depot/MoveBook.openapi.yaml")).not.toContain("name: Gently");
    expect(documents.get("shelf/MoveBook.openapi.yaml")).toContain("name: Gently");
    expect(report(/^page-adds/)).toContain(
      "pages/shelf-api/b.md:17: warning: Gently is missing on pages/shelf-api/a.md",
    );
  });

  test("can differ in case between products, but not in one, whatever the folders", async () => {
    const pages = { "depot-api/book.md": moved, "shelf-api/book.md": moved };
    const lowerCase = async (folder: string) => {
      const page = join(folder, "pages/shelf-api/book.md");
      await edit(page, "- MoveBook", "- Movebook");
      await edit(page, "Action=MoveBook", "Action=Movebook");
      return await documentsOf(folder);
    };
    const two = await lowerCase(await pagesFolder(pages));
    expect([[...two.documents.keys()], two.report(/^action-case/)]).toEqual([
      ["depot/MoveBook.openapi.yaml", "shelf/Movebook.openapi.yaml"],
      "",
    ]);
    const one = await lowerCase(await pagesFolder(pages, "{ products: { shelf: depot } }"));
    expect([...one.documents.keys()]).toEqual(["depot/MoveBook.openapi.yaml"]);
    expect(one.report(/^action-case/)).toBe(
      "pages/shelf-api/book.md:1: error: describes Movebook, which differs from MoveBook of pages/depot-api/book.md only in case\n  help: Correct the name that is wrong.",
    );
  });
});

describe("transcribe.products makes a folder an alias of a product", () => {
  const pages = { "depot-api/book.md": moved, "shelf2.0-api/book.md": relocated };

  test.each(["shelf2.0", "shelf2.0-api"])("by the name %s", async (name) => {
    const { documents } = await documentsOf(await pagesFolder(pages, `{ products: { ${name}: depot } }`));
    expect([...documents.keys()]).toEqual(["depot/MoveBook.openapi.yaml"]);
  });

  test("which is reported if it is the name of no folder, unless one folder is transcribed", async () => {
    const folder = await pagesFolder(pages, "{ products: { shelf20: depot } }");
    const configured = join(folder, "spec/actiongen.yaml");
    await mkdir(dirname(configured));
    await cp(join(folder, "actiongen.yaml"), configured);
    const run = (path: string) => actiongen(["transcribe", join(folder, path), "--out", dirname(configured)]);
    const all = await run("pages");
    expect(all.code).toBe(0);
    expect(all.err).toMatch(
      /spec\/actiongen\.yaml:\d+: (warning: )?transcribe\.products has a product for the folder "shelf20", in which no page is \(did you mean shelf2\.0\?\)\n {2}help: Correct the name, or remove the line\./,
    );
    expect((await run("pages/depot-api")).err).not.toContain("shelf20");
  });
});
