import { describe, expect, test } from "vitest";
import { type ActionParts, actionDocument } from "../support/action-document.js";
import { actiongen } from "../support/actiongen.js";
import { folderOf } from "../support/bundled.js";

const parameter = (name: string, schema: object): ActionParts => ({
  parameters: [{ name, in: "query", schema }],
});
const state = { type: "string", enum: ["Running", "Stopped"] };
const retCode = (code: number) => ({
  code,
  name: `Failed${code}`,
  meaning: "It failed.",
  remedy: "Wait.",
  retry: "never",
});
const retCodes = (...codes: number[]): ActionParts => ({
  operation: { "x-actiongen-retcodes": [codes.map(retCode)] },
});

/** Changes of a product, of which one state lists all documents, and the other those that differ. */
async function changesOf(
  old: Readonly<Record<string, ActionParts>>,
  differing: Readonly<Record<string, ActionParts>>,
): Promise<string[]> {
  const stateOf = (actions: Readonly<Record<string, ActionParts>>) =>
    folderOf(
      "test/golden/shapes/spec",
      Object.fromEntries(
        Object.entries(actions).map(([name, parts]) => [
          `store/${name}.openapi.yaml`,
          actionDocument(name, parts),
        ]),
      ),
    );
  const states = [await stateOf(old), await stateOf({ ...old, ...differing })];
  const { out, err } = await actiongen(["diff", ...states, "--format", "json"]);
  expect(err).toBe("");
  const changes: { action: string; rule: string }[] = JSON.parse(out).changes;
  return changes.map(({ action, rule }) => `${action} ${rule}`.trim());
}

describe("diff finds what a document changes in others of its product", () => {
  test("a type of known values that takes the name of another one", async () => {
    const old = { DoIt: parameter("TimeState", { type: "string" }), DoItTime: parameter("State", state) };
    expect(await changesOf(old, { DoIt: parameter("TimeState", state) })).toEqual([
      "DoIt param-became-enum",
      "DoItTime action-known-values-renamed",
    ]);
  });

  test("a new action that takes the name of an export", async () => {
    expect(await changesOf({ DoIt: {} }, { DoItExample: {} })).toEqual([
      "DoIt action-export-renamed",
      "DoItExample action-added",
    ]);
  });

  test("a RetCode that others still list", async () => {
    expect(await changesOf({ DoIt: retCodes(7, 8), LendIt: retCodes(7) }, { DoIt: retCodes(8) })).toEqual([]);
    expect(await changesOf({ DoIt: retCodes(7, 8), LendIt: {} }, { DoIt: retCodes(8) })).toEqual([
      "retcode-removed",
    ]);
  });
});
