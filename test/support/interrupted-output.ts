import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { actiongen } from "./actiongen.js";
import { contents } from "./contents.js";
import { edit } from "./spec-folder.js";

/** A specification and its output. */
export interface Reference {
  readonly spec: string;
  readonly out: string;
  readonly files: string;
}

/**
 * What an interrupted run left: the complete output of one specification; a part of the changes, which the tools refuse
 * and the next run completes; or a mixture.
 */
export type Outcome = "whole" | "partial" | "mixture";

/** Folder of a test file that is removed after its tests. Other users may read it. */
export async function sharedFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "actiongen-interruption-"));
  afterAll(() => rm(root, { recursive: true, force: true }));
  await chmod(root, 0o755);
  return root;
}

/** Generates an output: the program whose runs are interrupted, since another build of it counts as another generator. */
export type Generate = (spec: string, out: string) => Promise<unknown>;

/** Creates a specification whose product and texts have a name of their own, and its output, beside each other. */
export async function reference(root: string, name: string, generate: Generate): Promise<Reference> {
  const spec = join(root, `spec-${name}`);
  await cp("test/data/spec", spec, { recursive: true });
  await edit(join(spec, "actiongen.yaml"), "brand: ", `brand: ${name} `);
  await edit(join(spec, "actiongen.yaml"), "umem: ", `${name}: `);
  await rename(join(spec, "umem"), join(spec, name));
  const out = join(root, `out-${name}`);
  await generate(spec, out);
  return { spec, out, files: await filesIn(out) };
}

/** Makes a folder contain an output. */
export async function putOutput(from: string, out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await cp(from, out, { recursive: true });
}

/** Contents of an output folder as a string. */
async function filesIn(out: string): Promise<string> {
  const files = Object.entries(await contents(out)).filter(
    ([path]) => !path.startsWith(".actiongen-staging"),
  );
  return JSON.stringify(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What an interrupted run left in a folder, found with the next run.
 *
 * @param before whose output was there, and `after`: the one that replaced it.
 */
export async function outcomeOf(
  out: string,
  before: Reference,
  after: Reference,
  generate: Generate,
): Promise<Outcome> {
  const staging = join(out, ".actiongen-staging");
  const isWhole = [before.files, after.files].includes(await filesIn(out));
  if (!existsSync(staging)) return isWhole ? "whole" : "mixture";
  const isPartial = existsSync(join(staging, "journal"));
  if (isPartial) await expectRefusals(out, after);
  else if (!isWhole) return "mixture";
  await generate(after.spec, out);
  if (existsSync(staging) || (await filesIn(out)) !== after.files) return "mixture";
  return isPartial ? "partial" : "whole";
}

async function expectRefusals(out: string, { spec }: Reference): Promise<void> {
  for (const args of [
    ["generate", "--spec", spec, "--out", out, "--check"],
    ["build", "--out", out],
    ["verify", "--spec", spec, "--out", out],
  ]) {
    const refusal = { code: 1, err: expect.stringContaining("was interrupted") };
    expect(await actiongen(args), args[0]).toMatchObject(refusal);
  }
}
