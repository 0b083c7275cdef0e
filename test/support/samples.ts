import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { type Sample, samplesOf } from "../../scripts/emit/docs/samples.js";
import { startMock } from "../../scripts/mock/server.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import type { RequestData } from "../../templates/docs/script/request-data.js";
import { compile } from "./compile.js";
import { api } from "./seed-action.js";

/** The outcome of a program. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env };
  try {
    return { ...(await promisify(execFile)(command, args, { ...options, env })), status: 0 };
  } catch (error) {
    const { stdout = "", stderr = String(error), code } = error as Partial<Outcome> & { code?: unknown };
    return { stdout, stderr, status: typeof code === "number" ? code : 1 };
  }
}

/** Origin of the links in recordings. */
const recordedOrigin = "https://backup.example.com";

/**
 * Starts a mock gateway.
 *
 * @param origin origin of the links in its responses.
 * @returns the environment of a program that calls it.
 */
export async function mockEnvironment(origin = recordedOrigin): Promise<Record<string, string>> {
  const recordings = (await readRecordings("test/recordings")).map((one) => ({
    ...one,
    body: one.body.replaceAll(recordedOrigin, origin),
  }));
  const server = await startMock(api, recordings, { port: 0, log: () => {} });
  onTestFinished(() => server.close());
  const { publicKey, privateKey } = api.brand.exampleCredentials;
  return { DEZAI_BASE_URL: server.baseUrl, DEZAI_PUBLIC_KEY: publicKey, DEZAI_PRIVATE_KEY: privateKey };
}

/** The samples of all actions in one language, by action. */
export function samplesIn(language: Sample["language"], { brand, products }: ApiModel): Map<string, string> {
  const samples = products.flatMap((product) =>
    product.actions.map((action) => {
      const sample = samplesOf(brand, product, action).find((one) => one.language === language);
      return [action.name, sample?.code ?? ""] as const;
    }),
  );
  return new Map(samples);
}

/**
 * Writes TypeScript samples into a folder, with the sources of the packages that were generated with them.
 *
 * @returns paths of the samples.
 */
export async function writeTypeScriptSamples(
  folder: string,
  model: ApiModel,
  generated: ReadonlyMap<string, string>,
): Promise<string[]> {
  const packages = [...generated].filter(([path]) => path.startsWith("packages/"));
  const programs = [...samplesIn("ts", model)].map(([name, code]) => [`${name}.mts`, code] as const);
  for (const [path, content] of [...packages, ...programs]) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    // The compiler reads one of several packages with equal names and versions, which only core packages may be.
    const isProduct = path.endsWith("/package.json") && !path.includes("/core/");
    await writeFile(join(folder, path), isProduct ? content.replace(/"version": .*/, "") : content);
  }
  const modules = join(folder, "node_modules", model.brand.package.scope);
  await mkdir(modules, { recursive: true });
  for (const name of ["core", ...model.products.map((product) => product.name)])
    await symlink(join(folder, "packages", name), join(modules, name));
  return programs.map(([path]) => join(folder, path));
}

/** Type-checks samples with the sources of packages. @returns the errors. */
export function typeCheckSamples(folder: string, programs: readonly string[]): string[] {
  const options = {
    module: "NodeNext",
    customConditions: ["@actiongen/source"],
    types: ["node"],
    typeRoots: [resolve("node_modules/@types")],
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
  };
  return compile(folder, programs, options).errors;
}

/** A call whose strings and names are code, commands or markup if they are not escaped. */
const hostileTexts: readonly string[] = [
  "'; touch stolen; '",
  '"; touch stolen; "',
  "$(touch stolen) `touch stolen` $HOME",
  ["$", "{HOME}"].join(""),
  "one\ntwo\r\n\tthree\\n\\",
  "</script><b>\u2028\u2029\ufeff\u202e\u0085\u007f",
  "%s %d {0} %(a)s",
  "@/etc/hosts",
  "备份 💾 é",
  "\u0001\u001b[2J",
];

export const hostileCall = {
  data: {
    action: "Do",
    isRead: true,
    parameters: { Texts: "string[]", Script: "base64", Tags: "json" },
    models: {},
    choices: {},
    sample: {},
    client: {
      package: "@example/store",
      function: "do",
      params: "DoParams",
      result: "Result",
      isPaged: false,
      download: "",
    },
  } satisfies RequestData,
  parameters: {
    Texts: hostileTexts,
    Script: "echo hi",
    Tags: Object.fromEntries(hostileTexts.map((text) => [`name ${text}`, "value"])),
  },
};

/** Starts a server that records the parameters of requests, in a query or a form, and responds with success. */
export async function recordingServer(): Promise<{ url: string; calls: [string, string][][] }> {
  const calls: [string, string][][] = [];
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? "/", "http://localhost").search;
    let form = "";
    for await (const chunk of request) form += chunk;
    calls.push([...new URLSearchParams(form || query)]);
    response.end('{"RetCode": 0, "Result": "done"}');
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, calls };
}
