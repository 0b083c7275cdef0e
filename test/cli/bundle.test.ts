import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import SwaggerParser from "@apidevtools/swagger-parser";
import { createConfig, lint } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { actiongen, isTrace } from "../support/actiongen.js";
import { documentPath, specFolder, temporaryFolder } from "../support/spec-folder.js";

const spec = "test/data/spec";

describe("bundle", () => {
  test.each([
    ["virtual", "/DescribeUMemBackupURL"],
    ["query", "/?Action=DescribeUMemBackupURL"],
    ["fragment", "/#Action=DescribeUMemBackupURL"],
  ])("prints one document in the %s form, the same each time", async (form, path) => {
    const { code, out, err } = await actiongen(["bundle", "--form", form, "--spec", spec]);
    expect([code, err]).toEqual([0, ""]);
    const document = parse(out);
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Dezai", version: "0.1.0" },
      servers: [{ url: "https://api.dezai.com" }],
      tags: [{ name: "umem" }],
    });
    expect(Object.keys(document.paths)).toEqual([path]);
    expect(document.paths[path].get.parameters[0]).toMatchObject({
      name: "Action",
      schema: { const: "DescribeUMemBackupURL" },
    });
    await SwaggerParser.validate(structuredClone(document));
    expect((await actiongen(["bundle", "--form", form, "--spec", spec])).out).toBe(out);
  });

  test("replaces a file, and leaves no other files behind", async () => {
    const folder = await temporaryFolder();
    const [yaml, json] = [join(folder, "new/api.yaml"), join(folder, "new/api.json")];
    await mkdir(join(folder, "new"));
    await writeFile(yaml, "before");
    for (const out of [yaml, json]) {
      const result = await actiongen(["bundle", "--form", "virtual", "--spec", spec, "--out", out]);
      expect(result).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^wrote .*new\/api\.(yaml|json)\n$/),
      });
    }
    expect(JSON.parse(await readFile(json, "utf8"))).toEqual(parse(await readFile(yaml, "utf8")));
    expect((await readdir(join(folder, "new"))).sort()).toEqual(["api.json", "api.yaml"]);
  });

  test("writes a document that generate can read", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "actiongen.yaml"), await readFile(join(spec, "actiongen.yaml")));
    const out = join(folder, "all.openapi.yaml");
    await actiongen(["bundle", "--form", "query", "--spec", spec, "--out", out]);
    const result = await actiongen(["generate", "--spec", folder, "--out", join(folder, "out")]);
    expect(result).toMatchObject({ code: 0, err: "" });
    const action = join(folder, "out/packages/umem/src/actions/DescribeUMemBackupURL.ts");
    expect(await readFile(action, "utf8")).toContain("function describeUMemBackupURL");
  });

  test("reports every error of the specification and writes nothing", async () => {
    const invalid = await specFolder(
      [documentPath, "name: SpaceId", "name: Space-Id"],
      [documentPath, "name: BackupId", "name: Backup-Id"],
    );
    const out = join(await temporaryFolder(), "api.yaml");
    const { code, err } = await actiongen(["bundle", "--form", "virtual", "--spec", invalid, "--out", out]);
    expect(code).toBe(1);
    expect(err.match(/is not a valid identifier/g)).toHaveLength(2);
    expect(await readdir(join(out, ".."))).toEqual([]);
  });

  test("reports a file that cannot be written, without a stack trace", async () => {
    const folder = await temporaryFolder();
    const { code, err } = await actiongen(["bundle", "--form", "virtual", "--spec", spec, "--out", folder]);
    expect(code).toBe(1);
    expect(err).toMatch(/cannot be written: .*\n {2}help: Choose another path for it/);
    expect(err).not.toMatch(isTrace);
  });

  test.each<[what: string, args: string[], report: RegExp]>([
    ["a missing form", ["bundle"], /required option '--form <form>' not specified/],
    ["an unknown form", ["bundle", "--form", "path"], /Allowed choices are virtual, query, fragment/],
  ])("%s is wrong usage", async (_, args, report) => {
    expect(await actiongen(args)).toMatchObject({ code: 2, err: expect.stringMatching(report) });
  });

  test("lists in its help the tools that reject a form", async () => {
    expect((await actiongen(["bundle", "--help"])).out).toMatch(/query .*Redocly's recommended rules reject/);
  });
});

describe("Redocly's recommended rules reject", () => {
  test.each([
    ["nothing", "virtual", []],
    ["nothing", "fragment", []],
    ["the path", "query", ["path-not-include-query"]],
  ])("%s in the %s form", async (_, form, rules) => {
    const out = join(await temporaryFolder(), "api.yaml");
    await actiongen(["bundle", "--form", form, "--spec", spec, "--out", out]);
    const problems = await lint({ ref: out, config: await createConfig({ extends: ["recommended"] }) });
    const rejected = problems.filter(({ severity }) => severity === "error").map(({ ruleId }) => ruleId);
    expect(rejected).toEqual(rules);
  });
});
