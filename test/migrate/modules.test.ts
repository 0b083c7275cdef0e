import { expect, test } from "vitest";
import { migrated, programFolder } from "../support/migrated.js";

const old = `import module = require("@dezai/pots/actions/ListPots");
export const lazy = async () => (await import('@dezai/pots/actions/ListPots')).validateListPots;
export type Params = import("@dezai/pots").ListPotsParams | import("@dezai/pots/actions/ListPots").ListPotsParams;
export type Whole = typeof import("@dezai/pots/actions/ListPots");
export type One = typeof import("@dezai/pots").listPots;
export const same = [module.listPots, import("@dezai/core")];
vi.mock("@dezai/pots/actions/ListPots");
export type Gone = import("@dezai/pots").BreakPotParams;
`;
const current = `import module = require("@dezai/pots/actions/ListAllPots");
export const lazy = async () => (await import('@dezai/pots/actions/ListAllPots')).validateListAllPots;
export type Params = import("@dezai/pots").ListAllPotsParams | import("@dezai/pots/actions/ListAllPots").ListAllPotsParams;
export type Whole = typeof import("@dezai/pots/actions/ListAllPots");
export type One = typeof import("@dezai/pots").listAllPots;
export const same = [module.listAllPots, import("@dezai/core")];
vi.mock("@dezai/pots/actions/ListPots");
export type Gone = import("@dezai/pots").BreakPotParams;
`;
const script = `const { validateListPots } = require("@dezai/pots/actions/ListPots");\n`;

test("modules are replaced wherever they are imported, and listed where a string may be anything", async () => {
  const result = await migrated(await programFolder(), { "a.ts": old, "b.cjs": script });
  expect(result.programs["a.ts"]).toBe(current);
  expect(result.programs["b.cjs"]).toBe(
    `const { validateListAllPots: validateListPots } = require("@dezai/pots/actions/ListAllPots");\n`,
  );
  expect([...result.err.matchAll(/^a\.ts:.*/gm)].map(([line]) => line)).toEqual([
    "a.ts:7: @dezai/pots/actions/ListPots is also the path of a module, which is now @dezai/pots/actions/ListAllPots",
    "a.ts:8: BreakPotParams was removed in version 0.2.0.",
  ]);
});
