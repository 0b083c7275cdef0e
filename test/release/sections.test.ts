import { describe, expect, test } from "vitest";
import { putSections } from "../../scripts/release/sections.js";

const put = (text: string | undefined, id: string, markdown: string, replaced: readonly string[] = []) =>
  putSections(text, "Changelog", [{ id, markdown }], replaced);
const written = (text: string | undefined, id: string, markdown: string, replaced?: readonly string[]) =>
  contentOf(put(text, id, markdown, replaced));
const removed = (text: string, id: string) => contentOf(putSections(text, "Changelog", [], [id]));
const contentOf = (content: ReturnType<typeof putSections>) => {
  if (typeof content !== "string") throw new Error(`edited: ${JSON.stringify(content)}`);
  return content;
};
const withoutComments = (text: string) => text.replace(/^<!-- .*\r?\n/gm, "");

describe("a changelog", () => {
  test("has the newest section first, below its heading", () => {
    const first = written(undefined, "1.0.0", "## 1.0.0\n");
    const second = written(first, "1.1.0", "## 1.1.0\n\n- More\n");
    expect(withoutComments(second)).toBe("# Changelog\n\n## 1.1.0\n\n- More\n\n## 1.0.0\n");
  });

  test("keeps every hand-written line", () => {
    const own = "# History of our client\n\nRead this first.\n\n## 0.9.0\n\nBefore the tool.\n";
    const first = written(own, "1.0.0", "## 1.0.0");
    const edited = first.replace("<!-- end of release 1.0.0 -->\n", "$&\nUpgrade with care.\n");
    const second = written(edited, "1.1.0", "## 1.1.0 $&");
    expect(withoutComments(second)).toBe(
      "# History of our client\n\n## 1.1.0 $&\n\n## 1.0.0\n\nUpgrade with care.\n\nRead this first.\n\n## 0.9.0\n\nBefore the tool.\n",
    );
  });

  test("keeps the line breaks of Windows", () => {
    const windows = written(undefined, "1.0.0", "## 1.0.0").replaceAll("\n", "\r\n");
    const second = written(windows, "1.1.0", "## 1.1.0", ["1.0.0"]);
    expect(second).toBe(written(undefined, "1.1.0", "## 1.1.0").replaceAll("\n", "\r\n"));
  });

  test("keeps line breaks that are not those of its other lines", () => {
    const mixed = written(undefined, "1.0.0", "## 1.0.0").replace("# Changelog\n", "# Changelog\r\n");
    expect(withoutComments(written(mixed, "1.1.0", "## 1.1.0"))).toBe(
      "# Changelog\r\n\n## 1.1.0\r\n\r\n## 1.0.0\n",
    );
  });

  test("is as before when a section is removed", () => {
    const one = written(undefined, "1.0.0", "old");
    const two = written(one, "1.1.0", "new");
    expect(removed(two, "1.1.0")).toBe(one);
    expect(withoutComments(removed(two, "1.0.0"))).toBe("# Changelog\n\nnew\n");
    expect(removed(two.trimEnd(), "1.0.0")).toBe(removed(two, "1.0.0"));
    expect(removed(one, "1.0.0")).toBe("# Changelog\n");
    expect(removed(two, "2.0.0")).toBe(two);
  });

  test("replaces sections in their position", () => {
    const two = written(written(undefined, "1.0.0", "old"), "1.1.0-next.0", "prerelease");
    const note = two.replace("<!-- end of release 1.1.0-next.0 -->", "$&\n\nA note.");
    const replaced = written(note, "1.1.0", "stable", ["1.1.0-next.0"]);
    expect(withoutComments(replaced)).toBe("# Changelog\n\nstable\n\nA note.\n\nold\n");
  });

  test("is not changed if a section to replace was edited", () => {
    const edited = written(undefined, "1.1.0", "- Generated").replace(
      "Generated",
      "Generated, and explained",
    );
    expect(put(edited, "1.1.0", "- Generated again")).toEqual([{ id: "1.1.0", line: 3 }]);
    expect(written(edited, "1.2.0", "- Next")).toContain("Generated, and explained");
  });

  test.each([
    ["the last comment", /^<!-- end of release 1\.1\.0 -->\n/m],
    ["everything after the first comment", /(?<= -->)\n[\s\S]*$/],
  ])("is not changed if %s of a section to replace was removed", (_, part) => {
    const edited = written(written(undefined, "1.0.0", "old"), "1.1.0", "new").replace(part, "");
    expect(put(edited, "1.1.0", "newer")).toEqual([{ id: "1.1.0", line: 3 }]);
  });
});
