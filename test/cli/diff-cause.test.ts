import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayPath } from "../../scripts/files.js";
import { actiongen } from "../support/actiongen.js";
import { shelfPages } from "../support/shelf-pages.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

const document = "shelf/BorrowBook.openapi.yaml";

interface States {
  readonly before: string;
  readonly after: string;
  readonly pages: string;
  transcribe(): Promise<unknown>;
}

/** A specification that is about to change, and a copy of it as it was. */
async function states(): Promise<States> {
  const { pages, out, transcribe } = await shelfPages("BorrowBook", "LendBook");
  const before = await temporaryFolder();
  await cp(out, before, { recursive: true });
  return { before, after: out, pages, transcribe };
}

async function changesOf({ before, after }: States) {
  const { code, err, out } = await actiongen(["diff", before, after, "--format", "json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out).changes as {
    action: string;
    rule: string;
    cause: string;
    oldSource: object;
    newSource: object;
  }[];
}

const causesOf = async (both: States) =>
  (await changesOf(both)).map(({ action, rule, cause }) => `${action} ${rule} ${cause}`);

const addOverlay = async ({ after }: States) => {
  await mkdir(join(after, "overlays"));
  const action = `{target: "$.paths['/'][?@.operationId == 'BorrowBook']", update: {x-actiongen-retry-safe: true}}`;
  await writeFile(
    join(after, "overlays/shelf.yaml"),
    `overlay: 1.0.0\ninfo: {title: Facts, version: 1.0.0}\nactions:\n  - ${action}\n`,
  );
};

async function replaceIn(file: string, pattern: RegExp, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toMatch(pattern);
  await writeFile(file, text.replace(pattern, to));
}

/** Edits what the transcriber has written, hashes included, as another one would write it. */
const transcribeOtherwise = async ({ after }: States) => {
  await edit(join(after, document), "description: For how many days", "description: Days");
  await replaceIn(join(after, document), /hash: \w+/, "hash: c0ffee");
  await replaceIn(join(after, "shelf/pages.json"), /("BorrowBook": .*"draftHash":)"\w+"/, '$1"0"');
};

describe("the cause of a change is", () => {
  test("a page", async () => {
    const both = await states();
    await edit(join(both.pages, "shelf-api/BorrowBook.md"), "For how many days", "Days");
    await both.transcribe();
    expect(await causesOf(both)).toEqual(["BorrowBook param-docs page"]);
  });

  test("an overlay", async () => {
    const both = await states();
    await addOverlay(both);
    await both.transcribe();
    expect(await causesOf(both)).toEqual(["BorrowBook retry-safe-on overlay"]);
  });

  test("the configuration, of the packages or of the transcription", async () => {
    const both = await states();
    const configuration = join(both.after, "actiongen.yaml");
    await replaceIn(configuration, /^baseUrl: .*$/m, "baseUrl: https://other.example.com/");
    await replaceIn(configuration, /pageUrl: .*/, "pageUrl: https://other.example.com/{page}");
    await both.transcribe();
    expect(await causesOf(both)).toEqual([
      " base-url configuration",
      "BorrowBook page-moved configuration",
      "LendBook page-moved configuration",
    ]);
  });

  test("the transcriber, if the page is the same", async () => {
    const both = await states();
    await transcribeOtherwise(both);
    expect(await causesOf(both)).toEqual(["BorrowBook param-docs transcriber"]);
  });

  test("an edit by hand", async () => {
    const both = await states();
    await edit(join(both.after, document), "description: For how many days", "description: Days");
    expect(await causesOf(both)).toEqual(["BorrowBook param-docs document"]);
  });

  test("of its own in each group of the report", async () => {
    const both = await states();
    await edit(join(both.pages, "shelf-api/LendBook.md"), "For how many days", "Days");
    await both.transcribe();
    await transcribeOtherwise(both);
    const { out } = await actiongen(["diff", both.before, both.after]);
    const [, pages, , transcriber] = out.split(/^== (.*) ==$/m);
    expect([pages, transcriber]).toEqual([
      "Pages changed",
      expect.stringMatching(/^The transcriber changed/),
    ]);
    expect(out.split(/^== .* ==$/m)[1]).toContain("shelf/LendBook: description of parameter Days");
    expect(out.split(/^== .* ==$/m)[2]).toContain("shelf/BorrowBook: description of parameter Days");
  });
});

test("a change has the line of the page in both states", async () => {
  const both = await states();
  const page = join(both.pages, "shelf-api/BorrowBook.md");
  await edit(page, "For how many days", "Days");
  await edit(page, "# ", "\n\n# ");
  await both.transcribe();
  const [change] = await changesOf(both);
  const [old, current] = [change?.oldSource, change?.newSource] as { file: string; line: number }[];
  expect(current).toEqual({ file: displayPath(page), line: (old?.line ?? 0) + 2 });
  const { out } = await actiongen(["diff", both.before, both.after]);
  expect(out).toContain(`Days changed (line ${current?.line}, was ${old?.line})\n    ${current?.file}`);
  const markdown = await actiongen(["diff", both.before, both.after, "--format", "markdown"]);
  expect(markdown.out).toContain(`(line ${current?.line}, was ${old?.line})`);
});
