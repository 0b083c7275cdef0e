import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { changelogPage, type Release } from "../../../scripts/emit/docs/changelog-page.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import { toolkitFolder } from "../../../scripts/toolkit.js";
import { mdxSyntax } from "../../support/mdx.js";
import { api } from "../../support/seed-action.js";

const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));

function print(releases: readonly Release[]): { html: string; md: string } {
  const { template, view } = changelogPage(api.brand, releases);
  const render = (format: string) => templates.render(`docs/${template}.${format}.hbs`, view);
  return { html: render("html"), md: render("md") };
}

const release: Release = {
  product: "umem",
  title: "UMem",
  version: "1.2.0",
  date: "2026-11-27",
  changes: [
    { kind: "added", action: "CreateUMemBackup", page: "umem/CreateUMemBackup", text: "New action." },
    { kind: "removed", action: "DeleteUMem", page: "", text: "Use `DropUMem`." },
    { kind: "breaking", action: "DescribeUMem", page: "umem/DescribeUMem", text: "参数 Zone 必填" },
    { kind: "breaking", action: "", page: "", text: "<b>{hostile}</b> | `text`" },
  ],
};

test("says that there is no release yet", () => {
  for (const page of Object.values(print([]))) expect(page).toContain("No release has been recorded yet.");
});

test("lists the changes of a release, breaking ones first, with links to the actions that exist", () => {
  const { html, md } = print([release, { ...release, version: "1.1.0", date: "", changes: [] }]);
  const titles = [...html.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/g)].map(([, title]) =>
    title?.replace(/<.*?>/g, ""),
  );
  expect(titles).toEqual(["UMem 1.2.0 2026-11-27", "Breaking", "Added", "Removed", "UMem 1.1.0"]);
  expect([...html.matchAll(/href="(.*?)"/g)].map(([, url]) => url)).toEqual([
    "umem/DescribeUMem.html",
    "umem/CreateUMemBackup.html",
  ]);
  expect(html).toContain('<span lang="zh">参数 Zone 必填</span>');
  expect(html).not.toContain("<b>");
  expect(mdxSyntax(md)).toEqual([]);
  expect(md).toContain("\n- [`CreateUMemBackup`](umem/CreateUMemBackup.md): New action.\n");
  const rendered = new MarkdownIt().render(md);
  expect(rendered.match(/<li>/g)).toHaveLength(4);
  expect(rendered).not.toContain("<b>");
});
