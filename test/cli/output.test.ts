import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace } from "../support/actiongen.js";
import { pagesFolder } from "../support/pages-run.js";
import { smallPage } from "../support/small-page.js";
import { specFolder } from "../support/spec-folder.js";

const run = promisify(execFile);

describe("an output folder that cannot be created is an error:", () => {
  test.each([
    ["generate", "--spec"],
    ["transcribe", ""],
  ])("%s below a file", async (command, spec) => {
    const folder = await pagesFolder({ "a.md": smallPage({}) });
    await folder.transcribe();
    const [file, input] = [folder.file("file"), spec === "" ? folder.file("pages") : folder.file("spec")];
    await writeFile(file, "kept");
    const out = join(file, "below/it");
    const { code, err } = await actiongen([command, ...(spec === "" ? [] : [spec]), input, "--out", out]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^\S+\/file: is not a folder\n {2}help: Move it away, or choose another folder with --out\. .*\n$/,
    );
    expect(await readFile(file, "utf8")).toBe("kept");
  });

  // Node's recursive mkdir never ends here.
  test.each([
    ["generate", ["--spec"]],
    ["transcribe", []],
  ])("%s in /proc", async (command, option) => {
    const folder = await pagesFolder({ "a.md": smallPage({}) });
    await folder.transcribe();
    const input = folder.file(command === "generate" ? "spec" : "pages");
    const { code, err } = await actiongen([command, ...option, input, "--out", "/proc/actiongen-test/x"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /proc\/actiongen-test\/x: cannot be written to: .*\n {2}help: Make the folder writable/,
    );
    expect(err).not.toMatch(isTrace);
  });
});

test("a closed pipe ends quietly, with the usual exit code, after everything was written", async () => {
  const pages = Array.from({ length: 30 }, (_, index): [string, string] => [
    `${index}.md`,
    smallPage({ action: `DoIt${index}` }),
  ]);
  const folder = await pagesFolder(Object.fromEntries(pages));
  const command = 'set -o pipefail; node --import tsx scripts/main.ts transcribe "$1" --out "$2" | true';
  const args = ["-c", command, "bash", folder.file("pages"), folder.file("spec")];
  const { stdout, stderr } = await run("bash", args);
  expect([stdout, stderr]).toEqual(["", ""]);
  expect(await folder.read("spec/shelf/DoIt29.openapi.yaml")).toContain("DoIt29");
});

describe("UTF-16 is the only problem of", () => {
  const encodings = ["LE", "BE", "LE without a mark"];
  const encoded = (text: string, encoding: string) => {
    const bytes = Buffer.from(encoding.endsWith("mark") ? text : `\uFEFF${text}`, "utf16le");
    return encoding === "BE" ? bytes.swap16() : bytes;
  };

  test.each(encodings)("a page in UTF-16 %s", async (encoding) => {
    const folder = await pagesFolder({ "a.md": smallPage({}) });
    await writeFile(folder.file("pages/shelf-api/b.md"), encoded(smallPage({ action: "DoB" }), encoding));
    const { code, err, out } = await folder.transcribe();
    expect(code).toBe(1);
    expect(err).toBe(`${folder.at}/b.md: is encoded as UTF-16\n  help: Save it as UTF-8.\n`);
    expect(out).toContain("1 rejected, 1 written");
  });

  test("the configuration", async () => {
    const folder = await specFolder();
    const read = (name: string) => readFile(join(folder, name), "utf8");
    const config = await read("actiongen.yaml");
    await writeFile(join(folder, "actiongen.yaml"), encoded(config, "LE"));
    const { code, err } = await actiongen(["generate", "--spec", folder, "--out", join(folder, "../out")]);
    expect(code).toBe(1);
    expect(err).toMatch(/^\S+actiongen\.yaml: is encoded as UTF-16\n {2}help: Save it as UTF-8\.\n$/);
  });
});

test("control characters in names of files do not reach the terminal", async () => {
  const folder = await pagesFolder({});
  const name = "pages/shelf-api/a\u001b[2J.md";
  await mkdir(dirname(folder.file(name)), { recursive: true });
  await cp("test/transcribe/golden/examples-disagree/pages/shelf-api/lend_book.md", folder.file(name));
  await writeFile(folder.file("pages/shelf-api/b\u001b[2J.md"), "");
  const { err, out } = await folder.transcribe();
  expect(err).toContain("/b [2J.md:1: has no title");
  expect(err).toContain("/a [2J.md:42: Weeks is in the request example");
  expect(err + out).not.toMatch(/(?!\n)\p{Cc}/u);
});
