import { expect, test } from "vitest";
import { shellCommand } from "../../scripts/commands/command-line.js";
import { actiongen } from "../support/actiongen.js";
import { pagesFolder } from "../support/pages-run.js";
import { smallPage } from "../support/small-page.js";

test("transcribe --check repeats the options in its advice", async () => {
  const folder = await pagesFolder({ "a.md": smallPage({}) });
  const [pages, out] = [folder.file("pages"), folder.file("spec")];
  const { code, err } = await folder.transcribe("--check");
  expect(code).toBe(1);
  expect(err).toContain(
    `Run \`npm run actiongen -- transcribe ${pages} --out ${out}\` and commit the result.`,
  );
  await folder.transcribe();
  expect(await folder.transcribe("--check")).toMatchObject({ code: 0, err: "" });
  expect((await actiongen(["transcribe", pages, "--out", out, "--check"])).code).toBe(0);
});

test("generate --check repeats the options in its advice", async () => {
  const folder = await pagesFolder({ "a.md": smallPage({}) });
  await folder.transcribe();
  const args = ["--spec", folder.file("spec"), "--out", folder.file("my output"), "--base-path", "/docs/"];
  const { code, err } = await actiongen(["generate", "--check", ...args]);
  expect(code).toBe(1);
  expect(err).toContain(
    `Run \`npm run actiongen -- generate --spec ${folder.file("spec")} --out '${folder.file("my output")}' --base-path /docs/\` and commit`,
  );
});

test.each<[args: string[], command: string]>([
  [["generate", "--check"], "generate"],
  [["transcribe", "a b", "--out=x"], "transcribe 'a b' --out=x"],
  [["transcribe", "it's", "$(rm -rf)"], "transcribe 'it'\\''s' '$(rm -rf)'"],
  [["transcribe", "a\u001b[2J\nb"], "transcribe 'a [2J b'"],
  [["transcribe", ""], "transcribe ''"],
])("quotes %j for a shell", (args, command) => {
  expect(shellCommand(args, "--check")).toBe(`npm run actiongen -- ${command}`);
});
