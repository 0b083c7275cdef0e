import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { serveDocs } from "../../scripts/commands/docs.js";
import { actiongen } from "../support/actiongen.js";
import { edit, temporaryFolder } from "../support/spec-folder.js";

/** Serves a copy of this repository's specification. */
async function served(options: { basePath?: string } = {}) {
  const folder = await temporaryFolder();
  const [spec, out] = [join(folder, "spec"), join(folder, "out")];
  await cp("spec", spec, { recursive: true });
  const lines: string[] = [];
  for (const name of ["log", "error"] as const)
    vi.spyOn(console, name).mockImplementation((line) => void lines.push(String(line)));
  const docs = await serveDocs({ spec, out, pages: join(spec, "pages"), port: 0, ...options });
  onTestFinished(async () => {
    await docs.close();
    vi.restoreAllMocks();
  });
  const get = async (path: string) => await (await fetch(docs.url + path)).text();
  const shows = (path: string, text: string) =>
    vi.waitFor(async () => expect(await get(path)).toContain(text), { timeout: 20_000, interval: 50 });
  return { spec, docs, lines, get, shows };
}

const page = "umem/DescribeUMemBackupURL.html";

test("a change of a page, a RetCode table or the configuration is served, and printed in one line", async () => {
  const { spec, docs, lines, shows } = await served();
  expect(docs.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(lines).toEqual([
    expect.stringMatching(/^\d+ files written or removed in \d+\.\d s\.$/),
    expect.stringContaining(`The reference is served at ${docs.url}\n`),
  ]);
  lines.length = 0;

  await edit(join(spec, "pages/umem/describe_umem_backup_url.md"), "ID of the backup", "Which backup");
  await shows(page, "Which backup");
  expect(await readFile(join(spec, "umem/DescribeUMemBackupURL.openapi.yaml"), "utf8")).toContain(
    "Which backup",
  );

  await edit(join(spec, "umem/retcodes.yaml"), "meaning: ", "meaning: Changed. ");
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 20_000 });

  await edit(join(spec, "actiongen.yaml"), "brand: Dezai", "brand: Sister");
  await shows(page, "Sister");
  await vi.waitFor(() => expect(lines).toHaveLength(3), { timeout: 20_000 });
  // The transcribed document is a change as well, which results in nothing new.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(lines).toEqual(
    Array(3).fill(expect.stringMatching(/^\d+ files written or removed in \d+\.\d s\.$/)),
  );
});

test("the document of a page that is deleted is removed, as by transcribe", async () => {
  const { spec } = await served();
  const document = join(spec, "umem/CreateUMemBackup.openapi.yaml");
  expect(existsSync(document)).toBe(true);
  await rm(join(spec, "pages/umem/create_umem_backup.md"));
  await vi.waitFor(() => expect(existsSync(document)).toBe(false), { timeout: 20_000, interval: 50 });
});

test("problems are printed once, and the last site stays served until they are fixed", async () => {
  const { spec, lines, get, shows } = await served({ basePath: "/docs/" });
  const before = await get(page);
  const document = join(spec, "umem/CreateUMemBackup.openapi.yaml");
  const text = await readFile(document, "utf8");
  lines.length = 0;

  await edit(join(spec, "actiongen.yaml"), "brand: Dezai", "brnd: Sister");
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 20_000 });
  expect(lines[0]).toMatch(/actiongen\.yaml:\d+: the configuration lacks the required key "brand"$/m);
  expect(await get(page)).toBe(before);
  await writeFile(document, `${text}\n`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(lines).toHaveLength(1);

  await edit(join(spec, "actiongen.yaml"), "brnd: Sister", "brand: Sister");
  await shows(page, "Sister");
});

test("a specification with problems is served when they are fixed", async () => {
  const spec = await temporaryFolder();
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line) => void lines.push(String(line)));
  vi.spyOn(console, "log").mockImplementation(() => {});
  const docs = await serveDocs({ spec, out: join(spec, "out"), port: 0 });
  onTestFinished(async () => {
    await docs.close();
    vi.restoreAllMocks();
  });
  expect(lines[0]).toContain("actiongen.yaml: does not exist");
  expect((await fetch(docs.url)).status).toBe(404);
  await cp("test/data/spec", spec, { recursive: true });
  await vi.waitFor(async () => expect((await fetch(docs.url)).status).toBe(200), {
    timeout: 20_000,
    interval: 50,
  });
});

test("Ctrl-C ends it with exit code 0", async () => {
  const out = await temporaryFolder();
  const args = [
    "--import",
    "tsx",
    "scripts/main.ts",
    "docs",
    "--spec",
    "test/data/spec",
    "--out",
    out,
    "--port",
    "0",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const code = new Promise((resolve) => child.once("exit", resolve));
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes("Ctrl-C")) child.kill("SIGINT");
  }
  expect(await code).toBe(0);
  expect(printed).toContain("The reference is served at http://127.0.0.1:");
});

test.each([
  [["docs", "--base-path", "docs"], "Use a path that starts and ends with /"],
  [["generate", "--base-path", "/a/../"], "Use a path that starts and ends with /"],
  [["docs", "--port", "70000"], "Use an integer from 0 to 65535"],
])("%j is refused", async (args, problem) => {
  expect(await actiongen(args)).toMatchObject({ code: 2, err: expect.stringContaining(problem) });
});
