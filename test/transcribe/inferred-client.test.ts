import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { bookPage, row } from "../support/inferred.js";
import { temporaryFolder } from "../support/spec-folder.js";
import { renderPage } from "../support/vendor-page.js";

interface Shelf {
  createClient(options: object): { listBooks(params?: object): AsyncIterable<object> & PromiseLike<object> };
}

const page = bookPage({
  parameters: [
    row("Offset", "int", "Where to begin. Default: 0."),
    row("Limit", "int", "How many at most"),
    row("Token", "string", "What lets a reader in"),
  ],
  response: [
    row("TotalCount", "int", "How many books there are"),
    row("Books", { model: "Book", array: true }, "What is on the shelf"),
  ],
});

/** Transcribes the page, and generates and bundles its package. */
async function generatedPackage(): Promise<Shelf> {
  const folder = await temporaryFolder();
  const [pages, spec, out] = [join(folder, "pages"), join(folder, "spec"), join(folder, "out")];
  await mkdir(join(pages, "shelf-api"), { recursive: true });
  await writeFile(join(pages, "shelf-api/list_books.md"), renderPage(page, "en"));
  await mkdir(spec);
  await cp("test/transcribe/golden/actiongen.yaml", join(spec, "actiongen.yaml"));
  for (const args of [
    ["transcribe", pages, "--out", spec],
    ["generate", "--spec", spec, "--out", out],
  ])
    expect(await actiongen(args)).toMatchObject({ code: 0 });
  const outfile = join(folder, "client.mjs");
  await build({
    entryPoints: [join(out, "packages/shelf/src/index.ts")],
    alias: { "@example/core": join(out, "packages/core/src") },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
  });
  return await import(pathToFileURL(outfile).href);
}

const books = [1, 2, 3].map((number) => ({ BookId: `book-${number}` }));

test("an inferred list is iterated page by page, and an inferred secret is not quoted", async () => {
  const offsets: string[] = [];
  const fetch = async (url: string | URL | Request) => {
    const query = new URL(url instanceof Request ? url.url : url).searchParams;
    const token = query.get("Token");
    if (token !== null) return Response.json({ RetCode: 230, Message: `no reader has ${token}` });
    const offset = query.get("Offset") ?? "0";
    offsets.push(offset);
    const page = books.slice(Number(offset), Number(offset) + 2);
    return Response.json({ RetCode: 0, TotalCount: books.length, Books: page });
  };
  const credentials = { publicKey: "public", privateKey: "private" };
  const client = (await generatedPackage()).createClient({ credentials, fetch });

  const found: object[] = [];
  for await (const book of client.listBooks()) found.push(book);
  expect(found).toEqual(books);
  expect(offsets).toEqual(["0", "2"]);

  const failure = await client.listBooks({ Token: "reader-7" }).then(String, String);
  expect(failure).toContain("no reader has");
  expect(failure).not.toContain("reader-7");
});
