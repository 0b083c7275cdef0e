import { readdir } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import type { Action, ApiModel } from "../../scripts/model/api-model.js";
import { saveRecordings } from "../../scripts/record/save.js";
import { actionDocument } from "../support/action-document.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** Makes every write of a file after the first one fail, as on a full disk. */
const disk = vi.hoisted(() => ({ isFull: false, writes: 0 }));
vi.mock("node:fs", async (importOriginal) => {
  const actual = await importOriginal<typeof import("node:fs")>();
  const writeFileSync: typeof actual.writeFileSync = (...args) => {
    if (disk.isFull && ++disk.writes > 1) throw new Error("no space left");
    actual.writeFileSync(...args);
  };
  return { ...actual, writeFileSync };
});
vi.mock("node:fs/promises", async (importOriginal) => {
  const actual = await importOriginal<typeof import("node:fs/promises")>();
  const writeFile: typeof actual.writeFile = async (...args) => {
    if (disk.isFull && ++disk.writes > 1) throw new Error("no space left");
    await actual.writeFile(...args);
  };
  return { ...actual, writeFile };
});

test("a disk that is full after the first of several recordings leaves none", async () => {
  const document = actionDocument("DoIt");
  const action = { name: "DoIt", document, documentPath: "", parameters: [], models: [], retCodes: [] };
  const brand = {
    baseUrl: "https://api.example.com/",
    exampleCredentials: { publicKey: "", privateKey: "" },
  };
  const exchanges = ["a", "b"].map((Region) => ({
    action: action as unknown as Action,
    method: "GET",
    parameters: new Map(Object.entries({ Action: "DoIt", Region })),
    status: 200,
    headers: [],
    body: '{"RetCode":0}',
    startedAt: "2026-01-31T12:00:00.000Z",
    time: 1,
  }));
  const out = await temporaryFolder();
  const save = () =>
    saveRecordings(exchanges, { brand, products: [] } as unknown as ApiModel, { out, force: false });
  disk.isFull = true;
  await expect(save()).rejects.toThrow("cannot be written to: no space left");
  disk.isFull = false;
  expect(await readdir(out)).toEqual([]);
  await save();
  expect(await readdir(out)).toHaveLength(2);
});
