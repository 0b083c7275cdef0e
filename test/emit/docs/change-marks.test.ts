import { expect, test } from "vitest";
import { generated } from "../../support/generated.js";
import { copyWithHistory, released, releaseOf } from "../../support/history.js";
import { temporaryFolder } from "../../support/spec-folder.js";

const of = (rule: string, path: string, message: string) =>
  released(rule, { action: "CreateDisks", path, message });
const history = {
  store: [
    releaseOf(
      "0.3.0",
      "2026-11-27",
      of("param-type-changed", "Disks.N.Size", 'of Size: was "a|b"'),
      of("resp-added-optional", "Usage", "new field"),
      released("action-added", { action: "Delete" }),
    ),
    releaseOf("0.2.0", "2026-11-26"),
  ],
};

test("pages and packages name the versions that added and changed what they describe, and pages link to the feed", async () => {
  const spec = `${await temporaryFolder()}/spec`;
  await copyWithHistory("test/golden/shapes/spec", spec, history);
  const files = await generated(spec);
  const read = (path: string) => files.get(path) ?? "";

  const html = read("docs/store/CreateDisks.html");
  const link = '<a href="../changelog.html#store-0.3.0"';
  const title = ' title="of Size: was &quot;a|b&quot;"';
  expect(html).toContain(`${link}${title}><span data-t>changed in</span> <span>0.3.0</span></a></dt>`);
  expect(html).toContain(`${link}><span data-t>since</span> <span>0.3.0</span></a></dt>`);
  expect(html).toContain("<span data-t>changed in</span> 0.3.0</a> </p>");

  const md = read("docs/store/CreateDisks.md");
  expect(md).toContain('| `Disks.Size` **required** changed in 0.3.0 (of Size: was "a\\|b") |');
  expect(md).toContain("| `Usage` **optional** since 0.3.0 |");
  expect(read("docs/store/Delete.md")).toContain(" · since [0.3.0](../changelog.md)\n");

  expect(read("packages/store/src/actions/CreateDisks.ts")).toContain("/** @since 0.3.0 */\n  Usage?:");
  expect(read("packages/store/src/client.ts").match(/@since 0\.3\.0/g)).toHaveLength(1);
  expect(read("packages/store/src/actions/Delete.ts")).toContain("@since 0.3.0");

  const pages = [...files.keys()].filter((path) => path.endsWith(".html"));
  const linking = pages.filter((path) => read(path).includes('type="application/atom+xml" href='));
  expect(linking).toEqual(pages);
});
