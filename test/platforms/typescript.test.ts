import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { action } from "../support/seed-action.js";

const run = promisify(execFile);
const consumer = inject("consumer");

/** A program that uses inferred, generic, iterable and conditional types of the packages. */
const program = `
import { createClient, failedItems, retCodes, RetCodeError, type Middleware } from "@dezai/umem";
import { ${action.names.function} } from "@dezai/umem/actions/${action.name}";
import { connect } from "@dezai/umem/connect";
import { sign } from "@dezai/core";

const pass: Middleware = (request, next) => next({ ...request, headers: { ...request.headers, "X-A": "b" } });

export async function program(): Promise<string[]> {
  const client = createClient({ region: "cn-zj", zone: "cn-zj-01", maxRetries: 1, middleware: [pass] });
  const { BackupURL } = await client.${action.names.function}({ SpaceId: "s", BackupId: "b" });
  const outcome = await client.${action.names.function}({ SpaceId: "s", BackupId: "b" }).result();
  if (!outcome.ok && outcome.error.name === "RetCodeError") return [outcome.error.codeName];
  for await (const space of client.describeUMemSpace({ Limit: 10 })) failedItems(space, retCodes);
  await ${action.names.function}(connect(), { Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" });
  // @ts-expect-error BackupId is missing
  void (() => client.${action.names.function}({ SpaceId: "s" }));
  // @ts-expect-error not a number
  void (() => BackupURL satisfies number);
  // @ts-expect-error no such option
  void (() => createClient({ retries: 1 }));
  await sign(new Map([["Action", "A"]]), "key");
  if (outcome.error instanceof RetCodeError) throw outcome.error;
  return BackupURL;
}
`;

type Options = Readonly<Record<string, unknown>>;
const modern: readonly Options[] = [
  { module: "node16", moduleResolution: "node16" },
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];
/** Removed from the compiler in 7.0. */
const node10 = { module: "commonjs", moduleResolution: "node10" };
const surroundings: readonly Options[] = [
  { lib: ["ES2022"], types: [] },
  { lib: ["ES2022"], types: ["node"] },
  { lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] },
  { lib: ["ES2022", "DOM", "DOM.Iterable"], types: ["node"] },
];
const oldest = "5.0";

/** Compiles the program and the declarations of packages with strict options. @returns the errors. */
async function errorsWith(version: string, options: Options): Promise<string[]> {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipDefaultLibCheck: true,
    noEmit: true,
    target: "ES2022",
    ...options,
  };
  const project = join(consumer, `tsconfig.${randomUUID()}.json`);
  await writeFile(project, JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const compiler = join(inject("toolsFolder"), "node_modules", `typescript-${version}`, "bin/tsc");
  const { stdout } = await run(process.execPath, [compiler, "-p", project], { cwd: consumer }).catch(
    (error) => error,
  );
  return (stdout as string).split("\n").filter((line) => line.includes("error TS"));
}

describe("a program that uses the packages", () => {
  beforeAll(() => writeFile(join(consumer, "program.ts"), program));

  test.concurrent.each(
    [...modern, node10].flatMap((resolution) => surroundings.map((one) => ({ ...resolution, ...one }))),
  )(`compiles with TypeScript ${oldest}, $moduleResolution, $lib, types $types`, async (options) => {
    expect(await errorsWith(oldest, options)).toEqual([]);
  });

  describe.each(["5.4", "5.9", "6.0", "7.0"])("compiles with TypeScript %s", (version) => {
    test.concurrent.each(modern)("$moduleResolution", async (options) => {
      expect(await errorsWith(version, { ...options, ...surroundings[0] })).toEqual([]);
      expect(await errorsWith(version, { ...options, ...surroundings.at(-1) })).toEqual([]);
    });
  });

  describe.each([oldest, "7.0"])("compiles without strict checks with TypeScript %s", (version) => {
    test.concurrent.each(["strict", "strictNullChecks"])("%s: false", async (option) => {
      const loose = { [option]: false, exactOptionalPropertyTypes: false };
      expect(await errorsWith(version, { ...modern[1], ...surroundings[1], ...loose })).toEqual([]);
    });
  });

  test("the readme names the oldest version that is tested", async () => {
    const readme = await readFile("generated/packages/umem/README.md", "utf8");
    expect(readme).toContain(`TypeScript ${oldest} or later`);
  });
});
