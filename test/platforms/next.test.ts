import { spawn } from "node:child_process";
import { cp } from "node:fs/promises";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { mockEnvironment, runProgram } from "../support/samples.js";
import { project, toolFile } from "./project.js";

const next = toolFile("next/dist/bin/next");

/** Starts the server of a built project. @returns its URL. */
async function start(cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const server = spawn(process.execPath, [next, "start", "--port", "0"], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void server.kill());
  for await (const line of createInterface(server.stdout)) {
    const url = /Local:\s+(\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("The server stopped.");
}

test("Next.js builds the example with the tsconfig.json that it writes, and the route responds", async () => {
  // The tools are in the folder around the project.
  const config = 'export default { turbopack: { root: new URL("..", import.meta.url).pathname } };\n';
  const folder = await project({ "package.json": '{ "private": true }', "next.config.mjs": config });
  await cp("examples/nextjs", folder, { recursive: true });
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  const built = await runProgram(process.execPath, [next, "build"], { cwd: folder, env });
  expect(built).toMatchObject({ status: 0, stdout: expect.stringContaining("/api/backups") });

  const url = await start(folder, { ...env, ...(await mockEnvironment()) });
  const get = async (query: string) => {
    const response = await fetch(`${url}/api/backups${query}`);
    return [response.status, await response.json()];
  };
  expect(await get("?instance=WfTAPwME")).toEqual([
    200,
    [
      { BackupId: "HnsnJnXX", BackupName: "nightly-20260105", State: "Done" },
      { BackupId: "backup-0002", BackupName: "before-upgrade", State: "Starting" },
    ],
  ]);
  expect(await get("")).toEqual([400, { error: "The parameter instance is missing." }]);
});
