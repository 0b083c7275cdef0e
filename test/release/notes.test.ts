import { expect, test } from "vitest";
import type { ReleasedChange } from "../../scripts/model/release.js";
import { exportChanges } from "../../scripts/release/changes.js";
import { releaseTexts } from "../../scripts/release/notes.js";

test("changes of one action are one line, and those of no action have one each", async () => {
  const list = (type: string) =>
    `## \`@a/core\`\n\n- \`sign(key: ${type}): string\`\n- \`verify(key: ${type}): void\`\n`;
  const docs = { rule: "param-docs", path: "", before: "", after: "", bump: "patch", review: false } as const;
  const changes: ReleasedChange[] = [
    ...exportChanges(list("string"), list("number")),
    ...["A", "B"].map((name) => ({ ...docs, action: "ListPots", message: `description of ${name} changed` })),
  ];
  const { section } = await releaseTexts();
  const release = { version: "1.1.0", date: "2026-11-27", core: "", changes };
  const lines = section(release, "1.0.0").split("\n");
  expect(lines.filter((line) => line.startsWith("- "))).toEqual([
    "- signature of @a/core sign changed: was sign(key: string): string, now sign(key: number): string",
    "- signature of @a/core verify changed: was verify(key: string): void, now verify(key: number): void",
    "- `ListPots`: description of A changed; description of B changed",
  ]);
  // The compiler reports these, unlike what is for review.
  expect(lines.find((line) => line.startsWith("### "))).not.toMatch(/review/i);
});
