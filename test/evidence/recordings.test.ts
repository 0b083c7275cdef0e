import { afterAll, beforeAll, expect, test } from "vitest";
import { type GeneratedClients, importClients } from "../../scripts/contract/generated-clients.js";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { listFolder, readSource } from "../../scripts/files.js";
import { addEvidence } from "../support/evidence.js";
import { recordingMutants } from "../support/recording-mutants.js";
import { api, product } from "../support/seed-action.js";

let clients: GeneratedClients;
beforeAll(async () => {
  clients = await importClients("generated", api.brand.package.scope, [product.name]);
});
afterAll(() => clients?.close());

/** Whether `verify` reports a problem of the form, or a disagreement, of a HAR. */
async function isCaught(text: string): Promise<boolean> {
  const createClient = clients.createClient.get(product.name);
  if (createClient === undefined) throw new Error("no client");
  const diagnostics = new Diagnostics();
  const { recordings } = parseRecordings({ path: "har", text }, diagnostics);
  if (diagnostics.list.length > 0) return true;
  for (const one of recordings) if ((await verifyRecording(one, api, createClient)).length > 0) return true;
  return false;
}

test("every mistake in a recording is found", async (context) => {
  const missed: string[] = [];
  const tolerated = new Map<string, number>();
  let mistakes = 0;
  for (const path of await listFolder("test/recordings", ".har")) {
    const { text } = await readSource(path);
    expect(await isCaught(text)).toBe(false);
    const [, name] = /([A-Za-z]+)\.[^/\\]*$/.exec(path) ?? [];
    const action = product.actions.find((one) => one.name === name);
    if (action === undefined) throw new Error(`${path} is of no action`);
    for (const { what, changed, tolerated: reason } of recordingMutants(text, api, action)) {
      const caught = await isCaught(changed);
      if (reason === undefined) mistakes += 1;
      if (!caught && reason === undefined) missed.push(`${path}: ${what}`);
      if (reason !== undefined && caught) missed.push(`${path}: ${what} is reported, though it is tolerated`);
      if (!caught && reason !== undefined) tolerated.set(reason, (tolerated.get(reason) ?? 0) + 1);
    }
  }
  addEvidence(context, {
    what: "mistakes in recordings (fields, parameters, signatures, status, types, bytes) that verify reports",
    measured: `${mistakes - missed.length} of ${mistakes}`,
    limit: "all",
    tolerated: [...tolerated].map(([reason, count]) => `${count} × ${reason}`),
  });
  expect(missed).toEqual([]);
  expect(mistakes).toBeGreaterThan(6000);
  expect(tolerated.size).toBeLessThanOrEqual(9);
});
