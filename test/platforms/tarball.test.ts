import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { build } from "../../scripts/build/build.js";
import { readRecordings } from "../../scripts/contract/recording.js";
import { startMock } from "../../scripts/mock/server.js";
import { compile } from "../support/compile.js";
import { fileServer } from "../support/file-server.js";
import { installPackedPackages } from "../support/packed-packages.js";
import { samplesIn } from "../support/samples.js";
import { action, api, example } from "../support/seed-action.js";

const run = promisify(execFile);
const expected = (example.response as { BackupURL: string[] }).BackupURL;
/** Samples of the reference pages of the product, by action. */
const samples = samplesIn("ts", api);

let installed: string;

// The build writes to the repository, so all tests that need one are in this file.
beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), "actiongen-test-"));
  await build({ out: "generated" });
  await installPackedPackages(installed);
}, 180_000);

afterAll(() => rm(installed, { recursive: true, force: true }));

/** Creates a folder for programs that find the packed packages in the folder around it. */
async function project(): Promise<string> {
  return await mkdtemp(join(installed, "project-"));
}

/** Origin of the links in recordings. */
const recordedOrigin = "https://backup.example.com";

/**
 * Runs a program whose environment has the URL of a mock gateway and the published key pair.
 *
 * @param origin origin of the links in responses.
 * @returns its output.
 */
async function runAgainstMock(folder: string, program: string, origin = recordedOrigin): Promise<string> {
  const recordings = (await readRecordings("test/recordings")).map((one) => ({
    ...one,
    body: one.body.replaceAll(recordedOrigin, origin),
  }));
  const server = await startMock(api, recordings, { port: 0, log: () => {} });
  try {
    const { publicKey, privateKey } = api.brand.exampleCredentials;
    const env = {
      PATH: process.env.PATH,
      DEZAI_PUBLIC_KEY: publicKey,
      DEZAI_PRIVATE_KEY: privateKey,
      DEZAI_BASE_URL: server.baseUrl,
    };
    const { stdout } = await run(process.execPath, [program], { cwd: folder, env });
    return stdout;
  } finally {
    await server.close();
  }
}

/** All module resolutions of the compiler. */
const resolutions = [
  { module: "NodeNext", moduleResolution: "NodeNext" },
  { module: "ESNext", moduleResolution: "Bundler" },
  { module: "CommonJS", moduleResolution: "Node10" },
] as const;

describe("the packed packages, installed into an empty project,", () => {
  test("run as an ES module, as CommonJS and from type-checked TypeScript, against the mock gateway", async () => {
    const folder = await project();
    const call = `createClient().describeUMemBackupURL(${JSON.stringify(example.parameters)}).then(({ BackupURL }) => console.log(JSON.stringify(BackupURL)))`;
    await writeFile(join(folder, "esm.mjs"), `import { createClient } from "@dezai/umem";\n${call};\n`);
    await writeFile(join(folder, "cjs.cjs"), `const { createClient } = require("@dezai/umem");\n${call};\n`);
    for (const program of ["esm.mjs", "cjs.cjs"]) {
      expect(JSON.parse(await runAgainstMock(folder, program)), program).toEqual(expected);
    }

    // The samples of the reference pages, verbatim.
    for (const [name, sample] of samples) await writeFile(join(folder, `${name}.mts`), sample);
    await writeFile(
      join(folder, "required.cts"),
      `import umem = require("@dezai/umem");\nconst client: umem.Client = umem.createClient();\nvoid client;\n`,
    );
    const programs = [...[...samples.keys()].map((name) => `${name}.mts`), "required.cts"];
    const options = { module: "NodeNext", exactOptionalPropertyTypes: true, noEmit: false };
    expect(compile(folder, programs, options).errors).toEqual([]);
    const files = await fileServer(({ serve }) => serve(Buffer.from("a backup")));
    for (const name of samples.keys()) {
      const printed = await runAgainstMock(folder, `${name}.mjs`, files.origin);
      if (name === action.name) expect(printed).toContain(`${files.origin}/WfTAPwME/HnsnJnXX/shard-0.rdb`);
    }
    const downloads = await readdir(join(folder, "backup"));
    expect(downloads).toEqual(
      expect.arrayContaining(["shard-0.rdb", expect.stringMatching(/^1f6a9c02-.*\.rdb$/)]),
    );
  }, 120_000);

  test("name the caller in the stack of an error, as an ES module and as CommonJS", async () => {
    const folder = await project();
    const program = `
      const fetch = () => new Promise((_, reject) => setTimeout(() => reject(new Error("no")), 1));
      const client = createClient({ fetch, maxRetries: 0, region: "r", zone: "z" });
      const params = { SpaceId: "s", BackupId: "b" };
      const callers = {
        async method() { await client.describeUMemBackupURL(params); },
        async standalone() { await describeUMemBackupURL(client, params); },
        async byName() { await client.call("DescribeUMemBackupURL", params); },
        async result() { throw (await client.describeUMemBackupURL(params).result()).error; },
        async withResponse() { await client.describeUMemBackupURL(params).withResponse(); },
        async page() { await client.describeUMemSpace(); },
        async pages() { for await (const _ of client.describeUMemSpace().pages()); },
        async items() { for await (const _ of client.describeUMemSpace()); },
      };
      const named = ([name, call]) => call().catch(({ stack }) => [name, stack.split("\\n").some((line) => line.includes(name + " (") && /(?:esm.mjs|cjs.cjs):/.test(line))]);
      Promise.all(Object.entries(callers).map(named)).then((all) => console.log(JSON.stringify(Object.fromEntries(all))));
    `;
    const names = "{ createClient, describeUMemBackupURL }";
    await writeFile(join(folder, "esm.mjs"), `import ${names} from "@dezai/umem";${program}`);
    await writeFile(join(folder, "cjs.cjs"), `const ${names} = require("@dezai/umem");${program}`);
    for (const file of ["esm.mjs", "cjs.cjs"]) {
      const found = Object.entries(JSON.parse(await runAgainstMock(folder, file)));
      expect(found).toHaveLength(8);
      expect(found.filter(([, isNamed]) => !isNamed)).toEqual([]);
    }
  });

  test("export each action and connect as a separate module, with every module resolution", async () => {
    const folder = await project();
    const from = { action: `@dezai/umem/actions/${action.name}`, connect: "@dezai/umem/connect" };
    const call = `${action.names.function}(connect(), ${JSON.stringify(example.parameters)}).then(({ BackupURL }) => console.log(JSON.stringify(BackupURL)));\n`;
    const imports = `import { ${action.names.function} } from "${from.action}";\nimport { connect } from "${from.connect}";\n`;
    const requires = `const { ${action.names.function} } = require("${from.action}");\nconst { connect } = require("${from.connect}");\n`;
    await writeFile(join(folder, "esm.mjs"), imports + call);
    await writeFile(join(folder, "cjs.cjs"), requires + call);
    for (const program of ["esm.mjs", "cjs.cjs"]) {
      expect(JSON.parse(await runAgainstMock(folder, program)), program).toEqual(expected);
    }

    await writeFile(
      join(folder, "one.ts"),
      `${imports}import { RetCodeError } from "@dezai/core";
declare const console: { log(text: string): void };
declare const error: RetCodeError;
export const isThrottled = error.codeName === "RequestThrottled";
// @ts-expect-error misspelt
export const isMisspelt = error.codeName === "RequestThrotled";
${call}`,
    );
    for (const options of resolutions) {
      const { read, errors } = compile(folder, ["one.ts"], options);
      const resolution = options.moduleResolution;
      expect(errors, resolution).toEqual([]);
      expect(read.filter((path) => path.includes("/umem/")).sort(), resolution).toEqual([
        expect.stringMatching(new RegExp(`actions/${action.name}\\.d\\.ts$`)),
        expect.stringMatching(/connect\.d\.ts$/),
        expect.stringMatching(/retcodes\.d\.ts$/),
      ]);
    }
  }, 120_000);

  test("have entries for validation, tests and telemetry, of which only the last needs OpenTelemetry", async () => {
    const folder = await project();
    const readme = await readFile("generated/packages/umem/README.md", "utf8");
    const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? "");
    const entries = ["validate", "testing", "telemetry"].map((entry) => {
      const block = blocks.find((code) => code.includes(`"@dezai/umem/${entry}"`)) ?? "";
      return [entry, `${block}export {};\n`] as const;
    });
    for (const [entry, code] of entries) await writeFile(join(folder, `${entry}.mts`), code);
    const names = ["validate", "validate-only", "testing", "openapi-fetch"];
    const all = names.map((entry) => `@dezai/umem/${entry}`);
    await writeFile(
      join(folder, "all.mjs"),
      `${all.map((entry) => `await import("${entry}");`).join("\n")}\nconsole.log("all")\n`,
    );
    await writeFile(
      join(folder, "all.cjs"),
      `${all.map((entry) => `require("${entry}");`).join("\n")}\nconsole.log("all")\n`,
    );
    for (const program of ["all.mjs", "all.cjs"]) expect(await runAgainstMock(folder, program)).toBe("all\n");

    const check = (...files: string[]) => compile(folder, files, resolutions[0]).errors;
    expect(check("validate.mts", "testing.mts")).toEqual([]);
    await writeFile(join(folder, "testing.mjs"), entries[1]?.[1] ?? "");
    await writeFile(join(folder, "telemetry.mjs"), entries[2]?.[1] ?? "");
    expect(await runAgainstMock(folder, "testing.mjs")).toMatch(/RetCode: 0.*attempt 1.*attempt 2/s);
    await expect(runAgainstMock(folder, "telemetry.mjs")).rejects.toThrow(
      /Cannot find package '@opentelemetry\/api'/,
    );

    const optional = join(installed, "node_modules/@opentelemetry");
    await mkdir(optional);
    onTestFinished(() => rm(optional, { recursive: true }));
    await symlink(resolve("node_modules/@opentelemetry/api"), join(optional, "api"));
    expect(await runAgainstMock(folder, "telemetry.mjs")).toBe("");
    await writeFile(
      join(folder, "telemetry.cjs"),
      `console.log(typeof require("@dezai/umem/telemetry").openTelemetry());\n`,
    );
    expect(await runAgainstMock(folder, "telemetry.cjs")).toBe("function\n");
    await writeFile(
      join(folder, "one.ts"),
      [...all, "@dezai/umem/telemetry"]
        .map((entry) => `import "${entry}";\nexport * as a${all.indexOf(entry) + 1} from "${entry}";`)
        .join("\n"),
    );
    for (const options of resolutions)
      expect(compile(folder, ["one.ts"], options).errors, options.moduleResolution).toEqual([]);
    expect(check("telemetry.mts")).toEqual([]);
  }, 120_000);

  test("need openapi-fetch for the entry of that name only", async () => {
    const folder = await project();
    const needed = join(installed, "node_modules/openapi-fetch");
    await rename(needed, `${needed}.away`);
    onTestFinished(() => rename(`${needed}.away`, needed));
    const names = ["", "/node", "/validate", "/testing"];
    const imports = names.map((entry) => `await import("@dezai/umem${entry}");`).join("\n");
    await writeFile(join(folder, "others.mjs"), `${imports}\nconsole.log("others");\n`);
    expect(await runAgainstMock(folder, "others.mjs")).toBe("others\n");
    await writeFile(join(folder, "one.ts"), 'export * from "@dezai/umem";\n');
    for (const options of resolutions)
      expect(compile(folder, ["one.ts"], options).errors, options.moduleResolution).toEqual([]);
    await writeFile(join(folder, "entry.mjs"), 'import "@dezai/umem/openapi-fetch";\n');
    await expect(runAgainstMock(folder, "entry.mjs")).rejects.toThrow(/Cannot find package 'openapi-fetch'/);
    await writeFile(join(folder, "entry.cjs"), 'require("@dezai/umem/openapi-fetch");\n');
    await expect(runAgainstMock(folder, "entry.cjs")).rejects.toThrow(/Cannot find module 'openapi-fetch'/);
  }, 120_000);

  test("have an entry for openapi-fetch with typed paths", async () => {
    const folder = await project();
    const call = `client.GET("/${action.name}", { params: { query: ${JSON.stringify(example.parameters)} } })`;
    const program = `import { createOpenApiFetchClient } from "@dezai/umem/openapi-fetch";
const client = createOpenApiFetchClient();
const { data } = await ${call};
`;
    await writeFile(join(folder, "esm.mjs"), `${program}console.log(JSON.stringify(data));\n`);
    expect(JSON.parse(await runAgainstMock(folder, "esm.mjs"))).toEqual(example.response);
    await writeFile(
      join(folder, "one.mts"),
      `${program}if (data && "BackupURL" in data) { const links: string[] = data.BackupURL; void links; }
// @ts-expect-error not an action
void client.GET("/NoAction");
`,
    );
    for (const options of resolutions.slice(0, 2))
      expect(compile(folder, ["one.mts"], options).errors, options.moduleResolution).toEqual([]);
  }, 120_000);

  test("have an entry for Node that works without the types of Node and the DOM", async () => {
    const folder = await project();
    const bytes = "of a backup";
    const body = `
const server = createServer((_, response) => response.writeHead(200, { "Content-Length": ${bytes.length} }).end("${bytes}"));
server.listen(0, "127.0.0.1", async () => {
  const link = \`http://127.0.0.1:\${server.address().port}/a.rdb\`;
  const fetch = async () => Response.json({ RetCode: 0, Action: "", BackupURL: [link] });
  const client = createClient({ credentials: { publicKey: "p", privateKey: "k" }, fetch });
  const [{ size }] = await downloadBackup(client, ${JSON.stringify(example.parameters)}, { directory: process.argv[1] + ".files" });
  console.log(size);
  server.close();
});
`;
    const modules = {
      "node:http": "createServer",
      "@dezai/umem": "createClient",
      "@dezai/umem/node": "downloadBackup",
    };
    const lines = Object.entries(modules);
    const imports = lines.map(([from, name]) => `import { ${name} } from "${from}";`).join("\n");
    const requires = lines.map(([from, name]) => `const { ${name} } = require("${from}");`).join("\n");
    await writeFile(join(folder, "esm.mjs"), imports + body);
    await writeFile(join(folder, "cjs.cjs"), requires + body);
    for (const program of ["esm.mjs", "cjs.cjs"]) {
      const { stdout } = await run(process.execPath, [program], { cwd: folder });
      expect(stdout.trim(), program).toBe(`${bytes.length}`);
    }

    await writeFile(
      join(folder, "one.ts"),
      `import { createClient } from "@dezai/umem";
import { downloadBackup, DownloadError, profileCredentials } from "@dezai/umem/node";
const client = createClient({ credentials: profileCredentials({ profile: "p" }), region: "r" });
export const files = downloadBackup(client, { Zone: "z", SpaceId: "s", BackupId: "b" }, {
  directory: "d",
  onProgress: ({ shard, received, total }) => [shard, received / total],
}).catch((error: unknown) => (error instanceof DownloadError ? error.failures.map(({ reason }) => reason) : []));
`,
    );
    for (const options of resolutions) {
      const { errors } = compile(folder, ["one.ts"], { ...options, lib: ["ES2022"] });
      expect(errors, options.moduleResolution).toEqual([]);
    }
  }, 120_000);

  test("contain sources, builds, declarations, api.md, README and LICENSE only", async () => {
    for (const name of ["core", "umem"]) {
      const root = join(installed, "node_modules/@dezai", name);
      const expected = ["LICENSE", "README.md", "api.md", "dist", "package.json", "src"];
      expect((await readdir(root)).sort()).toEqual(expected);
      const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
      expect(manifest).toMatchObject({ name: `@dezai/${name}`, license: "MIT", sideEffects: false });
      for (const target of [
        manifest.main,
        manifest.types,
        ...Object.values(manifest.exports["."]).flatMap((entry) =>
          typeof entry === "string" ? entry : Object.values(entry as object),
        ),
      ]) {
        await readFile(join(root, target));
      }
    }
  }, 120_000);

  test("have a README of core whose examples sign correctly", async () => {
    const folder = await project();
    const readme = await readFile("generated/packages/core/README.md", "utf8");
    const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
    expect(blocks).toHaveLength(2);
    const call = `
process.env.DEZAI_BASE_URL && await client.GET("/", { baseUrl: process.env.DEZAI_BASE_URL, params: { query: ${JSON.stringify({ Action: action.name, ...example.parameters })} } }).then(({ data }) => console.log(JSON.stringify(data)));
`;
    await writeFile(join(folder, "readme.mjs"), blocks.join("\n") + call);
    const [shown, signature, response] = (await runAgainstMock(folder, "readme.mjs")).trim().split("\n");
    expect(shown).toMatch(/^ActionDescribeUHostInstanceLimit10PublicKey.*<private key>$/);
    expect(readme).toContain(`// ${signature}`);
    expect(signature).toBe("cba5cf5ec4d4233d206b1b54951e3787350a642f");
    expect(JSON.parse(response ?? "")).toEqual(example.response);
  }, 120_000);
});
