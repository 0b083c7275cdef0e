import { afterAll, beforeAll, expect, test } from "vitest";
import { type GeneratedClients, importClients } from "../../scripts/contract/generated-clients.js";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { type Diagnostic, Diagnostics } from "../../scripts/diagnostic.js";
import { listFolder, readSource } from "../../scripts/files.js";
import type { Action, Field } from "../../scripts/model/api-model.js";
import { factsAt } from "../../scripts/model/field-facts.js";
import type { Path } from "../../scripts/openapi/pointer.js";
import { editJson } from "../../scripts/record/edit-json.js";
import { queryOf } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { addEvidence } from "../support/evidence.js";
import { recordingMutants } from "../support/recording-mutants.js";
import { api, product } from "../support/seed-action.js";

let clients: GeneratedClients;
beforeAll(async () => {
  clients = await importClients("generated", api.brand.package.scope, [product.name]);
});
afterAll(() => clients?.close());

/** What `verify` reports of a HAR: problems of the form, and disagreements. */
async function findingsOf(text: string): Promise<readonly Diagnostic[]> {
  const createClient = clients.createClient.get(product.name);
  if (createClient === undefined) throw new Error("no client");
  const diagnostics = new Diagnostics();
  const { recordings } = parseRecordings({ path: "har", text }, diagnostics);
  const found = await Promise.all(recordings.map((one) => verifyRecording(one, api, createClient)));
  return [...diagnostics.list, ...found.flat()];
}

/** Whether `verify` reports something of a HAR. */
async function isCaught(text: string): Promise<boolean> {
  return (await findingsOf(text)).length > 0;
}

/** The action of a recording. */
function actionOf(path: string): Action {
  const [, name] = /([A-Za-z]+)\.[^/\\]*$/.exec(path) ?? [];
  const action = product.actions.find((one) => one.name === name);
  if (action === undefined) throw new Error(`${path} is of no action`);
  return action;
}

test("every mistake in a recording is found", async (context) => {
  const missed: string[] = [];
  const tolerated = new Map<string, number>();
  let mistakes = 0;
  for (const path of await listFolder("test/recordings", ".har")) {
    const { text } = await readSource(path);
    expect(await isCaught(text)).toBe(false);
    const action = actionOf(path);
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

const secret = "4eZCa3sA7pQ2xVn8";

/** A recording as if it was captured, where each value of a type whose strings can be anything is a secret. */
function withSecrets(text: string, action: Action): string {
  const { log } = JSON.parse(text);
  const [{ request, response }] = log.entries;
  const replaced = (value: string, fields: readonly Field[], path: Path) =>
    factsAt(action, fields, path).type?.kind === "string" ? secret : value;
  const pairs = (request.queryString as { name: string; value: string }[]).map(
    ({ name, value }) => [name, replaced(value, action.parameters, name.split("."))] as const,
  );
  const signed = [...signParameters(new Map(pairs), api.brand.exampleCredentials)];
  request.queryString = signed.map(([name, value]) => ({ name, value }));
  request.url = `${api.brand.baseUrl}?${queryOf(new Map(signed))}`;
  const body = action.models.find(({ name }) => name === action.responseModel)?.fields ?? [];
  response.content.text = editJson(response.content.text, {
    key: (key) => key,
    string: (value, path) => (path[0] === "Action" ? value : replaced(value, body, path)),
    number: (digits) => digits,
  });
  return JSON.stringify({ log: { ...log, _origin: "captured" } });
}

test("no mistake in a captured recording makes verify print a value that can be a secret", async (context) => {
  const shown: string[] = [];
  let mistakes = 0;
  for (const path of await listFolder("test/recordings", ".har")) {
    const action = actionOf(path);
    const text = withSecrets((await readSource(path)).text, action);
    expect(text).toContain(secret);
    for (const { what, changed } of recordingMutants(text, api, action)) {
      mistakes += 1;
      const report = JSON.stringify(await findingsOf(changed));
      if (report.toLowerCase().includes(secret.toLowerCase())) shown.push(`${path}: ${what}`);
    }
  }
  addEvidence(context, {
    what: "mistakes in captured recordings of which verify prints a value that can be a secret",
    measured: `${shown.length} of ${mistakes}`,
    limit: "0",
  });
  expect(shown).toEqual([]);
});
