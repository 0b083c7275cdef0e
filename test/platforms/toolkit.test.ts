import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../scripts/generate.js";
import { runNode } from "../support/actiongen.js";
import { compile } from "../support/compile.js";
import { contents } from "../support/contents.js";
import { installToolkit, type PackedToolkit } from "../support/packed-toolkit.js";
import { edit } from "../support/spec-folder.js";

let project: string;
let toolkit: PackedToolkit;

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), "actiongen-test-")));
  toolkit = await installToolkit(project);
}, 180_000);

afterAll(() => rm(project, { recursive: true, force: true }));

/** Generated files without the manifest, which contains a hash of the program that wrote it. */
async function generatedIn(folder: string): Promise<[path: string, content: string][]> {
  const files = Object.entries(await contents(folder));
  return files.filter(([path]) => !path.startsWith(".actiongen-")).sort();
}

describe("the packed toolkit", () => {
  test("contains what it needs and nothing else, in less than 2 MB", async () => {
    expect(toolkit.size).toBeLessThan(2_000_000);
    const top = ["LICENSE", "README.md", "bin", "dist", "package.json", "spec", "templates", "test"];
    expect((await readdir(toolkit.folder)).sort()).toEqual(top);
    const files = await readdir(toolkit.folder, { recursive: true });
    expect(files.filter((path) => /^(?:spec|test)\/.*\.\w+$/.test(path)).sort()).toEqual([
      "spec/README.md",
      "test/recordings/README.md",
    ]);
    const unneeded = /\.map$|\.test\.|scripts\/(?:bench|demo)|^templates\/docs\/(?:script|style)/;
    expect(files.filter((path) => unneeded.test(path))).toEqual([]);
    const { scripts } = JSON.parse(await readFile(join(toolkit.folder, "package.json"), "utf8"));
    expect(scripts.prepack).toBe("npm run build");
  });

  test("shows commands that work where it is installed", async () => {
    const { code, out } = await toolkit.run(["--help"], project);
    expect(code).toBe(0);
    expect(out).toContain("Usage: actiongen");
    expect(out).toMatch(/\n {2}npx actiongen generate\n/);
    expect(out).not.toContain("npm run");
  });

  test("generates the same files as the sources", async () => {
    const [out, expected] = [join(project, "out"), join(project, "expected")];
    const result = await toolkit.run(["generate", "--spec", resolve("spec"), "--out", out], project);
    expect(result).toMatchObject({ code: 0, err: "" });
    await generate({ spec: "spec", out: expected, check: false });
    expect(await generatedIn(out)).toEqual(await generatedIn(expected));
  }, 120_000);

  test("is a library with types", async () => {
    await writeFile(
      join(project, "consumer.mts"),
      `import { generate, InputError, startMock, transcribe, verify } from "actiongen";

const [spec = "", pages = "", recordings = ""] = process.argv.slice(2);
const transcribed = await transcribe({ pages: [pages], spec, check: true });
const generated = await generate({ spec, out: "library" });
const verified = await verify({ spec, out: "library", recordings });
const mock = await startMock({ spec, recordings, log: (line) => console.log(line) });
const { status } = await fetch(mock.baseUrl);
await mock.close();
const lines: string[] = await generate({ spec: "nowhere" }).then(
  () => [],
  (error: unknown) => (error instanceof InputError ? error.diagnostics.map(({ file, message }) => \`\${file} \${message}\`) : []),
);
// @ts-expect-error misspelt
void (() => generate({ specs: "spec" }));
console.log(JSON.stringify({
  documents: transcribed.written.length + transcribed.unchanged.length,
  hasWritten: generated.written.length > 0,
  disagreements: verified.disagreements.map(({ message }) => message),
  recordings: verified.recordings.length,
  status,
  lines,
}));
`,
    );
    const options = { module: "NodeNext", exactOptionalPropertyTypes: true, types: ["node"], noEmit: false };
    expect(compile(project, ["consumer.mts"], options).errors).toEqual([]);
    const args = ["spec", "spec/pages", "test/recordings"].map((path) => resolve(path));
    const { out, err } = await runNode(["consumer.mjs", ...args], { cwd: project });
    expect(err).toBe("");
    const [logged, printed] = out.trim().split("\n");
    expect(logged).toBe("GET (unknown action): RetCode 160");
    expect(JSON.parse(printed ?? "")).toEqual({
      documents: 6,
      hasWritten: true,
      disagreements: [],
      recordings: 20,
      status: 200,
      lines: ["nowhere does not exist"],
    });
  }, 120_000);

  test("creates a repository in which every command works", async () => {
    const acme = ["--brand", "Acme", "--base-url", "https://api.acme.example/", "--yes"];
    const created = await toolkit.run(["init", "acme", ...acme], project);
    expect(created).toMatchObject({ code: 0, err: "", out: expect.stringContaining("1 recording verified") });
    const folder = join(project, "acme");
    expect(await toolkit.run(["transcribe", "spec/pages", "--check"], folder)).toMatchObject({ code: 0 });
    const commands = [["generate", "--check"], ["verify"], ["build"], ["bundle", "--form", "virtual"]];
    for (const args of commands)
      expect(await toolkit.run(args, folder), args.join(" ")).toMatchObject({ code: 0, err: "" });
    expect(await readdir(join(folder, "generated/packages/example/dist"))).toEqual(["cjs", "esm"]);
    const keys = ["--public-key", "p", "--private-key", "k"];
    expect(await toolkit.run(["sign", ...keys], folder, '{"Action":"DescribeServer"}')).toMatchObject({
      code: 0,
      out: expect.stringContaining("https://api.acme.example/?Action=DescribeServer"),
    });
    for (const command of ["docs", "mock"]) {
      const { code, out } = await toolkit.interrupted([command, "--port", "0"], folder);
      expect(code, command).toBe(0);
      expect(out).toContain("http://127.0.0.1:");
    }
  }, 180_000);

  test("keeps two brands in one repository apart", async () => {
    const folder = join(project, "brands");
    for (const [spec, name] of [
      ["spec", "Acme"],
      ["sister", "Sister"],
    ] as const) {
      await cp("test/data/spec", join(folder, spec), { recursive: true });
      await edit(join(folder, spec, "actiongen.yaml"), "brand: Dezai", `brand: ${name}`);
      expect(await toolkit.run(["generate", "--spec", spec], folder)).toMatchObject({ code: 0, err: "" });
    }
    const homeOf = (out: string) => readFile(join(folder, out, "docs/index.html"), "utf8");
    expect(await homeOf("generated")).toContain("Acme");
    expect(await homeOf("generated-sister")).toContain("Sister");
    for (const spec of ["spec", "sister"])
      expect(await toolkit.run(["generate", "--spec", spec, "--check"], folder)).toMatchObject({ code: 0 });
  }, 120_000);
});
