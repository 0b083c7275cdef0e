import { join } from "node:path";
import { expect, test } from "vitest";
import { changelogFeed, type History } from "../../../scripts/emit/docs/changelog-page.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import { toolkitFolder } from "../../../scripts/toolkit.js";
import { released, releaseOf } from "../../support/history.js";
import { hostileTexts } from "../../support/hostile-spec.js";
import { python } from "../../support/python.js";
import { api } from "../../support/seed-action.js";

interface Feed {
  readonly id: string;
  readonly title: string;
  readonly links: readonly string[];
  readonly entries: readonly {
    id: string;
    title: string;
    updated: string;
    link: string;
    text: string[];
    links: string[];
  }[];
}

const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));

/** The feed, as an XML parser reads it. */
async function read(history: History, url = ""): Promise<Feed> {
  const brand = { ...api.brand, docs: { ...api.brand.docs, url } };
  const [file] = changelogFeed(brand, api.summaries, history, templates);
  expect(file?.path).toBe("docs/changelog.xml");
  const [feed] = await python<Feed>("feed.py", [JSON.stringify(file?.content)]);
  return feed as Feed;
}

const added = released("param-added-optional", { action: "DescribeUMemBackup", message: "new parameter" });
const history = {
  umem: [releaseOf("0.2.0-rc.1", "2026-11-27", added), releaseOf("0.1.0", "2026-01-01")],
  core: [releaseOf("0.1.0", "2026-01-01")],
};

test("there is no feed before the first release", () => {
  expect(changelogFeed(api.brand, api.summaries, { core: [], umem: [] }, templates)).toEqual([]);
});

test("has an entry for each release, with links relative to the feed", async () => {
  const { id, title, links, entries } = await read(history);
  expect({ id, title, links }).toEqual({
    id: "pkg:npm/%40dezai/core#changelog",
    title: "Dezai API reference: Changelog",
    links: ["changelog.html"],
  });
  expect(entries.map((entry) => entry.title)).toEqual(["UMem 0.2.0-rc.1", "@dezai/core 0.1.0", "UMem 0.1.0"]);
  expect(entries[0]).toEqual({
    id: "pkg:npm/%40dezai/umem@0.2.0-rc.1",
    title: "UMem 0.2.0-rc.1",
    updated: "2026-11-27T00:00:00Z",
    link: "changelog.html#umem-0.2.0-rc.1",
    text: ["Other changes", "DescribeUMemBackup: new parameter"],
    links: ["umem/DescribeUMemBackup.html"],
  });
  expect(entries[1]?.text).toEqual(["The first release."]);
});

test("has absolute links if the URL of the reference is known, and the same IDs", async () => {
  const url = "https://docs.example.com/a&b/";
  const [moved, original] = [await read(history, url), await read(history)];
  expect(moved.links).toEqual([`${url}changelog.html`, `${url}changelog.xml`]);
  expect(moved.entries[0]?.link).toBe(`${url}changelog.html#umem-0.2.0-rc.1`);
  expect(moved.entries[0]?.links).toEqual([`${url}umem/DescribeUMemBackup.html`]);
  expect(moved.entries.map(({ id }) => id)).toEqual(original.entries.map(({ id }) => id));
});

test("is valid XML, whatever the messages contain", async () => {
  const odd = [...hostileTexts, "]]>", "&amp;", "\u0000\u000b\ufffe\uffff", "\ud800 and \udc00", "\u{1f600}"];
  const changes = odd.map((message) => released("action-docs", { bump: "patch", action: message, message }));
  const { entries } = await read({ umem: [releaseOf("0.2.0", "2026-11-27", ...changes)] });
  expect(entries[0]?.text).toHaveLength(odd.length + 1);
  expect(entries[0]?.text.join()).toContain("</script><script>globalThis.stolen = 1</script>");
  expect(entries[0]?.links).toEqual([]);
});

test("marks the language of messages that is not that of the feed", () => {
  const changes = ["参数 Zone 必填", "new parameter"].map((message) => released("action-docs", { message }));
  const releases = { umem: [releaseOf("0.2.0", "2026-11-27", ...changes)] };
  const [file] = changelogFeed(api.brand, api.summaries, releases, templates);
  expect(file?.content).toContain('<span xml:lang="zh">参数 Zone 必填');
  expect(file?.content).toContain("<span>new parameter");
});

test("ends after a hundred releases", async () => {
  const all = Array.from({ length: 120 }, (_, index) => releaseOf(`0.${200 - index}.0`, "2026-11-27"));
  const { entries } = await read({ umem: all });
  expect(entries).toHaveLength(100);
  expect(entries.at(-1)?.title).toBe("UMem 0.101.0");
});
