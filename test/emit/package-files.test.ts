import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadConfig } from "../../scripts/config.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { emitCore } from "../../scripts/emit/core.js";
import { emitPackage } from "../../scripts/emit/product.js";
import { createTemplates } from "../../scripts/emit/templates.js";
import { readTree } from "../../scripts/files.js";
import { generate } from "../../scripts/generate.js";
import { product } from "../support/seed-action.js";
import { specFolder, temporaryFolder } from "../support/spec-folder.js";

const templates = createTemplates(await readTree("templates"));

/** A configuration with these settings of packages and of the reference. */
async function configured(settings: object, docs = {}): Promise<string> {
  const path = join(await specFolder(), "actiongen.yaml");
  const config = parse(await readFile(path, "utf8"));
  await writeFile(path, stringify({ ...config, package: { ...config.package, ...settings }, docs }));
  return path;
}

async function manifests(settings: object, docs = {}) {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(await configured(settings, docs), diagnostics);
  if (config === undefined) throw new Error(formatDiagnostics(diagnostics.list));
  const files = [
    ...emitPackage(config.brand, product, templates, { aliases: [], stubs: [] }, false),
    ...(await emitCore(config.brand, templates)),
  ];
  const read = (name: string) =>
    JSON.parse(files.find(({ path }) => path === `packages/${name}/package.json`)?.content ?? "{}");
  return { umem: read("umem"), core: read("core") };
}

describe("package.json", () => {
  test.each([
    ["0.1.0", "^0.1.0"],
    ["2.3.4", "^2.3.4"],
    ["1.0.0-beta.1", "^1.0.0-beta.1"],
  ])("of version %s accepts a compatible core, %s", async (version, range) => {
    expect((await manifests({ version })).umem).toMatchObject({
      version,
      dependencies: { "@dezai/core": range },
    });
  });

  test("publishes a scoped package for everyone, and builds it first", async () => {
    for (const manifest of Object.values(await manifests({})))
      expect(manifest).toMatchObject({
        publishConfig: { access: "public" },
        scripts: { prepack: "actiongen build --package ." },
      });
  });

  test("has the brand and the product among its keywords, each once", async () => {
    const { umem, core } = await manifests({ keywords: ["api", "dezai"] });
    expect([umem.keywords, core.keywords]).toEqual([
      ["api", "dezai", "umem"],
      ["api", "dezai"],
    ]);
    expect((await manifests({ keywords: [] })).umem.keywords).toEqual(["dezai", "umem"]);
  });

  test("has the page of the product in the reference as its home page, unless one is configured", async () => {
    const url = "https://docs.example.com/api/";
    const { umem, core } = await manifests({}, { url });
    expect([umem.homepage, core.homepage]).toEqual([`${url}umem/`, url]);
    const homepage = "https://example.com/sdk";
    expect((await manifests({ homepage }, { url })).umem.homepage).toBe(homepage);
    expect((await manifests({})).umem).not.toHaveProperty("homepage");
  });

  test.each<[repository: string, settings: object, bugs: string | undefined]>([
    ["https://github.com/a/b", {}, "https://github.com/a/b/issues"],
    ["https://gitlab.com/a/b.git", {}, "https://gitlab.com/a/b/issues"],
    ["https://gitee.com/a/b/", {}, "https://gitee.com/a/b/issues"],
    ["https://git.example.com/a/b.git", {}, undefined],
    ["https://github.com/a/b", { bugs: "https://example.com/help?a#b" }, "https://example.com/help?a#b"],
  ])("has a URL for bugs, of %s with %j: %s", async (repository, settings, bugs) => {
    const { umem } = await manifests({ repository, ...settings });
    expect(umem.bugs).toEqual(bugs === undefined ? undefined : { url: bugs });
    expect(umem.repository).toEqual({ type: "git", url: `git+${repository}` });
  });

  test("rejects a URL for bugs that is none", async () => {
    await expect(manifests({ bugs: "bugs@example.com" })).rejects.toThrow(
      'package › bugs must be an http or https URL without a user, but is "bugs@example.com"',
    );
  });

  test("names its folder in the checkout, wherever the output is", async () => {
    const repository = "https://github.com/a/b";
    const spec = join(await configured({ repository }), "..");
    const checkout = await temporaryFolder();
    await mkdir(join(checkout, ".git"));
    const directories = async (out: string) => {
      await generate({ spec, out, check: false });
      const text = await readFile(join(out, "packages/umem/package.json"), "utf8");
      return JSON.parse(text).repository.directory;
    };
    expect(await directories(join(checkout, "clients/ts"))).toBe("clients/ts/packages/umem");
    expect(await directories(checkout)).toBe("packages/umem");
    expect(await directories(join(spec, "out"))).toBeUndefined();
  });
});
