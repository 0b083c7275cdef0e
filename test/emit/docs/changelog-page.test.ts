import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { changelogPage, type History } from "../../../scripts/emit/docs/changelog-page.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import { toolkitFolder } from "../../../scripts/toolkit.js";
import { released, releaseOf } from "../../support/history.js";
import { hostileTexts } from "../../support/hostile-spec.js";
import { mdxSyntax } from "../../support/mdx.js";
import { api } from "../../support/seed-action.js";

const templates = createTemplates(await readTree(join(toolkitFolder, "templates")));

function print(history: History): { html: string; md: string } {
  const { template, view } = changelogPage(api.brand, api.summaries, history);
  const render = (format: string) => templates.render(`docs/${template}.${format}.hbs`, view);
  return { html: render("html"), md: render("md") };
}

const textsOf = (html: string, elements: string) =>
  [...html.matchAll(new RegExp(`<(${elements})\\b[^>]*>(.*?)</\\1>`, "gs"))].map(([, , text]) =>
    text?.replace(/<.*?>/g, ""),
  );

test("says that there is no release yet", () => {
  for (const page of Object.values(print({ core: [], umem: [] })))
    expect(page).toContain("No release has been recorded yet.");
});

test("lists releases by date, then by product, the newest first", () => {
  const { html } = print({
    umem: [
      releaseOf("0.3.0", "2026-11-27"),
      releaseOf("0.2.0", "2026-11-27", released("action-docs")),
      releaseOf("0.1.0", "2026-01-01"),
    ],
    core: [releaseOf("0.1.1", "2026-11-27"), releaseOf("0.1.0", "2025-12-31")],
  });
  expect(textsOf(html, "h2|p")).toEqual([
    "Atom feed",
    "@dezai/core 0.1.1 2026-11-27",
    "No API changes.",
    "UMem 0.3.0 2026-11-27",
    "No API changes.",
    "UMem 0.2.0 2026-11-27",
    "UMem 0.1.0 2026-01-01",
    "The first release.",
    "@dezai/core 0.1.0 2025-12-31",
    "The first release.",
  ]);
});

test("groups changes as diff does, with links to the actions that exist", () => {
  const changes = [
    released("action-docs", { bump: "patch", action: "DescribeUMemBackup", message: "description" }),
    released("param-added-optional", { action: "DescribeUMemBackup", message: "new optional parameter A" }),
    released("param-added-optional", { action: "DescribeUMemBackup", message: "new optional parameter B" }),
    released("a-rule-of-another-version", { message: "something" }),
    released("param-default-added", { action: "DescribeUMemSpace", message: "parameter C has a default" }),
    released("retry-safe-on", { review: true, action: "CreateUMemBackup", message: "sent again" }),
    released("action-removed", { bump: "major", action: "DeleteUMem", message: "action removed" }),
  ];
  const { html, md } = print({ umem: [releaseOf("0.2.0", "2026-11-27", ...changes)] });
  expect(textsOf(html, "h3|li")).toEqual([
    "Breaking changes",
    "DeleteUMem: action removed",
    "For review: behavior changes that no compiler reports",
    "CreateUMemBackup: sent again",
    "Behavior of the gateway",
    "DescribeUMemSpace: parameter C has a default",
    "Other changes",
    "DescribeUMemBackup: new optional parameter A; new optional parameter B",
    "something",
    "Documentation and metadata",
    "DescribeUMemBackup: description",
  ]);
  expect([...html.matchAll(/<li><a href="(.*?)"/g)].map(([, url]) => url)).toEqual(
    ["CreateUMemBackup", "DescribeUMemSpace", "DescribeUMemBackup", "DescribeUMemBackup"].map(
      (name) => `umem/${name}.html`,
    ),
  );
  expect(md).toContain("- [`CreateUMemBackup`](umem/CreateUMemBackup.md): sent again\n");
  expect(md).toContain("- `DeleteUMem`: action removed\n");
});

test("shows hostile messages as text", () => {
  const changes = hostileTexts.map((message) => released("action-docs", { message, action: message }));
  const { html, md } = print({ umem: [releaseOf("0.2.0", "2026-11-27", ...changes)] });
  expect(html).not.toMatch(/<(?:script|img|b)\b/);
  expect(mdxSyntax(md)).toEqual([]);
  const [, ...items] = new MarkdownIt({ html: true }).render(md).split("<li>");
  expect(items).toHaveLength(hostileTexts.length);
  expect(items.join("")).not.toMatch(/<(?:script|img|b|a)\b/);
});

test("marks the language of messages that is not that of the page", () => {
  const { html } = print({
    umem: [releaseOf("0.2.0", "2026-11-27", released("action-docs", { message: "参数 Zone 必填" }))],
  });
  expect(html).toContain('<span lang="zh">参数 Zone 必填</span>');
});
