import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { contents } from "../support/contents.js";
import { temporaryFolder } from "../support/spec-folder.js";

const settings = ["--brand", 'Acme "Cloud"', "--base-url", "https://api.acme.example/"];
const options = [...settings, "--scope", "@acme", "--prefix", "ACME"];

describe("init", () => {
  test("creates a repository in which every check passes", async () => {
    const cwd = await temporaryFolder();
    const { code, out, err } = await actiongen(["init", "acme", ...options], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^wrote acme\/spec\/actiongen\.yaml$/m);
    expect(out).toMatch(
      /^1 document transcribed, \d+ files generated, 1 recording verified in \d+\.\d s\.\n\nNext steps:\n {2}cd acme\n {2}npm install/m,
    );
    const folder = join(cwd, "acme");
    const files = Object.keys(await contents(folder)).filter((path) => !path.startsWith("generated/"));
    expect(files.sort()).toEqual([
      ".github/workflows/actiongen.yml",
      ".gitignore",
      "README.md",
      "package.json",
      "spec/actiongen.yaml",
      "spec/example/DescribeServer.openapi.yaml",
      "spec/example/pages.json",
      "spec/overlays/example.yaml",
      "spec/pages/example/describe_server.md",
      "test/recordings/example/DescribeServer.success.har",
    ]);
    for (const args of [["transcribe", "spec/pages", "--check"], ["generate", "--check"], ["verify"]])
      expect(await actiongen(args, { cwd: folder }), args.join(" ")).toMatchObject({ code: 0 });
    const readme = await readFile(join(folder, "generated/packages/example/README.md"), "utf8");
    expect(readme).toContain("@acme/example");
    expect(readme).toContain("ACME_PUBLIC_KEY");
    expect(JSON.parse(await readFile(join(folder, "package.json"), "utf8"))).toMatchObject({
      name: "acme",
      scripts: { verify: "actiongen verify" },
      devDependencies: { actiongen: expect.stringMatching(/^\^\d/) },
    });

    // Once more, it changes nothing.
    const before = await contents(folder);
    const again = await actiongen(["init"], { cwd: folder });
    expect(again.code).toBe(0);
    expect(again.out).not.toMatch(/^(?:wrote|added)/m);
    expect(again.out).toMatch(/^kept package\.json$/m);
    expect(await contents(folder)).toEqual(before);
  }, 120_000);

  test("adds to an existing repository, and keeps what is there", async () => {
    const cwd = await temporaryFolder();
    const existing = {
      "package.json":
        '{\n\t"name": "mine",\n\t"scripts": {\n\t\t"build": "mine"\n\t},\n\t"files": ["a", "b"]\n}\n',
      "README.md": "Mine.\n",
      "spec/overlays/example.yaml":
        "overlay: 1.0.0\ninfo: { title: Mine, version: 1.0.0 }\nactions: [{ target: $.info, update: { x-mine: true } }]\n",
    };
    await mkdir(join(cwd, "spec/overlays"), { recursive: true });
    for (const [path, text] of Object.entries(existing)) await writeFile(join(cwd, path), text);
    const { code, out } = await actiongen(["init", ...options], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^kept scripts\.build of package\.json$/m);
    expect(out).toMatch(/^kept README\.md$/m);
    expect(out).toMatch(/^kept spec\/overlays\/example\.yaml$/m);
    expect(out).toMatch(/^added scripts\.transcribe, .*devDependencies\.actiongen to package\.json$/m);
    for (const path of ["README.md", "spec/overlays/example.yaml"] as const)
      expect(await readFile(join(cwd, path), "utf8")).toBe(existing[path]);
    const manifest = await readFile(join(cwd, "package.json"), "utf8");
    expect(manifest).toContain('\t\t"build": "mine",\n\t\t"transcribe": "actiongen transcribe spec/pages"');
    expect(manifest).toContain('\t"files": ["a", "b"]');
  }, 120_000);

  test("reports every setting that the configuration cannot have, and writes nothing", async () => {
    const cwd = await temporaryFolder();
    const wrong = ["--base-url", "https://api.acme.example", "--scope", "acme", "--prefix", "acme"];
    const { code, err } = await actiongen(["init", "--brand", "Acme", ...wrong], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/^spec\/actiongen\.yaml:4: baseUrl must be an http or https URL that ends in \//m);
    expect(err).toMatch(/^spec\/actiongen\.yaml:\d+: package › scope must be an npm scope such as @acme/m);
    expect(err).toMatch(/^spec\/actiongen\.yaml:\d+: environmentPrefix must be a prefix such as ACME/m);
    expect(await readdir(cwd)).toEqual([]);
  });

  test.each([
    [
      '{\n  "name": "x",\n}',
      /^package\.json:3: is not JSON\n {2}help: Correct it first\. Nothing was written\./,
    ],
    ['{\n  "scripts": []\n}', /^package\.json:2: scripts is not an object\n/],
    ["[]", /^package\.json:1: the content is not an object\n/],
  ])("reports the package.json %j, and writes nothing", async (text, problem) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "package.json"), text);
    const { code, err } = await actiongen(["init", ...options], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(problem);
    expect(await readdir(cwd)).toEqual(["package.json"]);
  });

  test("names the options that are missing where there is no terminal to ask on", async () => {
    const cwd = await temporaryFolder();
    const { code, err } = await actiongen(["init", ...settings], { cwd });
    expect(code).toBe(2);
    expect(err).toBe("error: missing settings\nPass --scope, --prefix, or --yes for their defaults.\n");
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe("init on a terminal", () => {
  test("asks for what is missing, and again for what is wrong", async () => {
    const cwd = await temporaryFolder();
    // The first URL lacks its slash; empty lines choose the defaults.
    const input = "https://api.acme.example\n\n\n\nhttps://api.acme.example/\n\nACME_CLOUD\n";
    const { code, err } = await actiongen(["init", "--brand", "Acme"], { cwd, input, isTerminal: true });
    expect(code).toBe(0);
    expect(err).toContain("npm scope of the packages (@acme): ");
    expect(err).toMatch(/spec\/actiongen\.yaml:4: baseUrl must be an http or https URL/);
    expect(await readFile(join(cwd, "spec/actiongen.yaml"), "utf8")).toMatch(
      /^brand: "Acme"\nbaseUrl: "https:\/\/api\.acme\.example\/"\n(?:.*\n)*environmentPrefix: "ACME_CLOUD"\n/m,
    );
  }, 120_000);

  test("ends without writing anything if the input ends", async () => {
    const cwd = await temporaryFolder();
    const { code, err } = await actiongen(["init"], { cwd, input: "Acme\n", isTerminal: true });
    expect(code).toBe(2);
    expect(err).toMatch(/error: interrupted\. Nothing was written\.\n$/);
    expect(await readdir(cwd)).toEqual([]);
  });
});
