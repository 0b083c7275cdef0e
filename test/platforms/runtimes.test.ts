import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { startMock } from "../../scripts/mock/server.js";
import { refusingUrl } from "../support/fault-server.js";
import { action, api, example } from "../support/seed-action.js";
import { tools } from "./tools.js";

const run = promisify(execFile);
const consumer = inject("consumer");
const tool = (name: "node-22" | "node-24" | "bun" | "deno") =>
  join(inject("toolsFolder"), "node_modules", name, tools[name].binary);
const denoFlags = [
  "run",
  "--allow-net=127.0.0.1",
  "--allow-env",
  "--cached-only",
  "--node-modules-dir=manual",
];

const unsent = "nothing was sent";
/** Deno reports no code for a failed connection, so the client cannot know. */
const unknown = "may have taken effect";

const runtimes: readonly (readonly [name: string, program: string, flags: string[], refused: string])[] = [
  [`Node ${process.versions.node}`, process.execPath, [], unsent],
  ["Node 22.23.3", tool("node-22"), [], unsent],
  ["Node 24.21.0", tool("node-24"), [], unsent],
  ["Bun 1.4.5", tool("bun"), ["run"], unsent],
  ["Deno 2.9.6", tool("deno"), denoFlags, unknown],
];

/** Makes calls that succeed and fail, and prints their results. */
const calls = `
const params = ${JSON.stringify(example.parameters)};
const refused = process.env.REFUSING_URL;
async function main() {
  const seen = {};
  for (const method of ["GET", "POST"])
    seen[method] = (await createClient({ method }).${action.names.function}(params)).BackupURL;
  const outcome = async (options, own) => {
    const { error } = await createClient({ maxRetries: 0, ...options }).${action.names.function}(params, own).result();
    return [error.name, error instanceof ActionError, error.retryable, error.message];
  };
  seen.wrongKey = await outcome({ credentials: { publicKey: "nobody", privateKey: "secret-of-nobody" } });
  seen.refused = await outcome({ baseUrl: refused });
  seen.aborted = await outcome({}, { signal: AbortSignal.abort() });
  seen.late = await outcome({ fetch: () => new Promise(() => {}) }, { timeout: 20 });
  console.log(JSON.stringify(seen));
}
main();
`;

describe.each(runtimes)("%s", (_, program, flags, refused) => {
  beforeAll(async () => {
    const names = "{ ActionError, createClient }";
    const process = 'import process from "node:process";\n';
    await writeFile(join(consumer, "calls.mjs"), `${process}import ${names} from "@dezai/umem";\n${calls}`);
    await writeFile(join(consumer, "calls.cjs"), `const ${names} = require("@dezai/umem");\n${calls}`);
  });

  test.each(["calls.mjs", "calls.cjs"])("%s signs, calls and reports failures", async (file) => {
    const server = await startMock(api, await readRecordings("test/recordings"), {
      port: 0,
      log: () => {},
    });
    try {
      const { publicKey, privateKey } = api.brand.exampleCredentials;
      const env = {
        PATH: process.env.PATH,
        HOME: consumer,
        DENO_NO_UPDATE_CHECK: "1",
        DEZAI_PUBLIC_KEY: publicKey,
        DEZAI_PRIVATE_KEY: privateKey,
        DEZAI_BASE_URL: server.baseUrl,
        REFUSING_URL: await refusingUrl(),
      };
      const { stdout } = await run(program, [...flags, file], { cwd: consumer, env });
      const links = (example.response as { BackupURL: string[] }).BackupURL;
      expect(JSON.parse(stdout)).toEqual({
        GET: links,
        POST: links,
        wrongKey: ["RetCodeError", true, false, expect.stringContaining("RetCode 172 (UnknownPublicKey)")],
        refused: ["NetworkError", true, true, expect.stringContaining(refused)],
        aborted: ["AbortError", true, false, expect.stringContaining("nothing was sent")],
        late: ["TimeoutError", true, true, expect.stringContaining("timed out after 20 ms")],
      });
    } finally {
      await server.close();
    }
  });
});
