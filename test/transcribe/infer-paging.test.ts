import { expect, test } from "vitest";
import { bookPage, inferred, row } from "../support/inferred.js";
import { overlayOf } from "../support/overlays.js";
import type { VendorPage } from "../support/vendor-page.js";

const [offset, limit] = [row("Offset", "int", "Where to begin"), row("Limit", "int", "How many")];
const total = row("TotalCount", "int", "How many books there are");
const books = row("Books", { model: "Book", array: true }, "What is on the shelf");
const paged: Partial<VendorPage> = { parameters: [offset, limit], response: [total, books] };
const names = { offset: "Offset", limit: "Limit", total: "TotalCount", items: "Books" };

test.each<[what: string, parts: Partial<VendorPage>, paging: object]>([
  ["an offset, a limit, a total and a list", {}, names],
  [
    "other kinds of total",
    { response: [row("TotalNum", "int", "书的总数"), books] },
    { ...names, total: "TotalNum" },
  ],
  [
    "names in another case",
    { parameters: [row("OffSet", "int", "起始偏移，默认为0"), limit] },
    { ...names, offset: "OffSet" },
  ],
  ["a list of values beside it", { response: [total, books, row("Colors", "array[string]", "All")] }, names],
  [
    "a list inside an object beside it",
    { response: [total, books, row("Shelf.Boards", { model: "Book", array: true }, "Wood")] },
    names,
  ],
  [
    "items with dots in their names",
    { response: [total, row("Books.N.BookId", "string", "Which book")], models: [] },
    names,
  ],
])("marks an action with %s as paged", async (_, parts, paging) => {
  const { operation, codes } = await inferred(bookPage({ ...paged, ...parts }));
  expect(operation["x-actiongen-paging"]).toEqual(paging);
  expect(codes).toContain("inferred-paging");
});

test.each<[what: string, parts: Partial<VendorPage>, doubt: string]>([
  ["no total", { response: [books] }, "the response has no total"],
  [
    "two totals",
    { response: [total, row("Total", "int", "All"), books] },
    "the response has more than one total: TotalCount, Total",
  ],
  [
    "two lists of objects",
    { response: [total, books, row("Shelves", { model: "Book", array: true }, "All")] },
    "the response has more than one list of objects: Books, Shelves",
  ],
  [
    "a list of values only",
    { response: [total, row("Books", "array[string]", "Names")], models: [] },
    "the response has no list of objects",
  ],
  [
    "a total that is a string",
    { response: [row("TotalCount", "string", "All"), books] },
    "TotalCount is not an integer",
  ],
  [
    "a total of what is returned",
    { response: [row("TotalCount", "int", "返回的数量"), books] },
    'TotalCount may be the number of items in the response, since its description says "返回"',
  ],
  [
    "a total of one page",
    { response: [row("TotalCount", "int", "Number of books on this page"), books] },
    'TotalCount may be the number of items in the response, since its description says "this page"',
  ],
  ["a required offset", { parameters: [{ ...offset, required: true }, limit] }, "Offset is required"],
  [
    "an offset that is a string",
    { parameters: [row("Offset", "string", "Begin"), limit] },
    "Offset is not an integer",
  ],
  [
    "a limit that is a string",
    { parameters: [offset, row("Limit", "string", "Size")] },
    "Limit is not an integer",
  ],
  [
    "an offset that begins at 1",
    { parameters: [row("Offset", "int", "Where to begin. Default: 1."), limit] },
    "the default of Offset is not 0",
  ],
  [
    "an offset that counts pages",
    { parameters: [row("Offset", "int", "页码"), limit] },
    "the description of Offset is about pages",
  ],
])("leaves an action with %s as it is, and says why", async (_, parts, doubt) => {
  const { operation, notes } = await inferred(bookPage({ ...paged, ...parts }));
  expect(operation).not.toHaveProperty("x-actiongen-paging");
  expect(notes.join("\n")).toContain(`ListBooks has Offset and Limit, but is not marked as paged: ${doubt}`);
});

test.each<[what: string, parts: Partial<VendorPage>]>([
  ["a limit only", { parameters: [limit] }],
  ["nothing to list", { response: [total] }],
  ["a name that may write", { action: "SortBooks" }],
])("says nothing about an action with %s", async (_, parts) => {
  const { operation, codes } = await inferred(bookPage({ ...paged, ...parts }));
  expect(operation).not.toHaveProperty("x-actiongen-paging");
  expect(codes.filter((code) => code.includes("paging"))).toEqual([]);
});

test("reports the paging that it inferred at the row of the offset", async () => {
  const { notes } = await inferred(bookPage(paged));
  expect(notes).toContain(
    "inferred-paging: | **Offset** | int | Where to begin |No| → ListBooks is paged: Offset and Limit select a page of Books, and TotalCount is the number of all items",
  );
});

test("an overlay can revoke it, and replace it", async () => {
  const target = "$.paths['/'].get";
  const removal = await overlayOf({ target: `${target}['x-actiongen-paging']`, remove: true });
  const revoked = await inferred(bookPage(paged), removal);
  expect(revoked.problems).toEqual([]);
  expect(revoked.operation).not.toHaveProperty("x-actiongen-paging");

  const shelves = row("Shelves", { model: "Book", array: true }, "All");
  const own = await overlayOf({
    target,
    update: { "x-actiongen-paging": { ...names, items: "Shelves" } },
  });
  const replaced = await inferred(bookPage({ ...paged, response: [total, shelves] }), own);
  expect(replaced.operation["x-actiongen-paging"]).toEqual({ ...names, items: "Shelves" });
});
