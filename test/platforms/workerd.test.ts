import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { refusingUrl } from "../support/fault-server.js";
import { mockEnvironment, runProgram } from "../support/samples.js";
import { action, example } from "../support/seed-action.js";
import { project, toolFile } from "./project.js";

/** A worker that makes calls that succeed and fail, with the credentials of its bindings. */
const worker = `
import { ActionError, createClient } from "@dezai/umem";

const params = ${JSON.stringify(example.parameters)};

export default {
  async fetch(request, env) {
    const credentials = { publicKey: env.DEZAI_PUBLIC_KEY, privateKey: env.DEZAI_PRIVATE_KEY };
    const common = { credentials, baseUrl: env.DEZAI_BASE_URL, maxRetries: 0 };
    const seen = {};
    for (const method of ["GET", "POST"])
      seen[method] = (await createClient({ ...common, method }).${action.names.function}(params)).BackupURL;
    const outcome = async (options, own) => {
      const client = createClient({ ...common, ...options });
      const { error } = await client.${action.names.function}(params, own).result();
      return [error.name, error instanceof ActionError];
    };
    seen.wrongKey = await outcome({ credentials: { publicKey: "nobody", privateKey: "secret-of-nobody" } });
    seen.refused = await outcome({ baseUrl: env.REFUSING_URL });
    seen.aborted = await outcome({}, { signal: AbortSignal.abort() });
    seen.late = await outcome({ fetch: () => new Promise(() => {}) }, { timeout: 20 });
    return Response.json(seen);
  },
};
`;

/** Prints the response of the worker. Miniflare needs Node 22. */
const program = `
import { readFile } from "node:fs/promises";
import { Miniflare } from "miniflare";

const { PATH, HOME, ...bindings } = process.env;
const script = await readFile("bundle.mjs", "utf8");
const miniflare = new Miniflare({ modules: true, script, compatibilityDate: "2026-07-01", bindings });
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(await response.text());
await miniflare.dispose();
`;

test("workerd: a worker signs, calls and reports failures", async () => {
  const folder = await project({ "worker.js": worker, "program.mjs": program });
  await build({
    entryPoints: [join(folder, "worker.js")],
    bundle: true,
    format: "esm",
    outfile: join(folder, "bundle.mjs"),
  });
  const env = { ...(await mockEnvironment()), REFUSING_URL: await refusingUrl() };
  const { stdout, stderr } = await runProgram(toolFile("node-22/bin/node"), ["program.mjs"], {
    cwd: folder,
    env,
  });
  expect(stderr).toBe("");
  const links = (example.response as { BackupURL: string[] }).BackupURL;
  expect(JSON.parse(stdout)).toEqual({
    GET: links,
    POST: links,
    wrongKey: ["RetCodeError", true],
    refused: ["NetworkError", true],
    aborted: ["AbortError", true],
    late: ["TimeoutError", true],
  });
});
