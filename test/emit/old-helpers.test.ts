import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Operation } from "@dezai/core";
import { createFakeGateway } from "@dezai/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { released, releaseOf } from "../support/history.js";
import {
  errorsIn,
  install,
  packageFiles,
  releasedProduct,
  run,
  type State,
  writeConfig,
} from "../support/released-package.js";

const text = { type: "string" };
const parameter = (name: string, schema: object, description: string) => {
  return { name, in: "query", schema, description };
};
const described = (schema: object, description: string) => ({ ...schema, description });

/** A list with these names of its ID, offset and limit. */
function list(id: string, offset: string, limit: string) {
  const pot = {
    type: "object",
    required: [id],
    properties: { [id]: described(text, "The ID."), State: text },
  };
  return {
    parameters: [
      parameter(id, text, "The ID."),
      parameter(offset, { type: "integer" }, "Where it begins."),
      parameter(limit, { type: "integer" }, "How many."),
    ],
    response: { Total: { type: "integer" }, Items: { type: "array", items: pot } },
    operation: {
      "x-actiongen-paging": { offset, limit, total: "Total", items: "Items" },
      "x-actiongen-wait": {
        function: "waitForPot",
        items: "Items",
        id,
        state: "State",
        done: ["up"],
        failed: [],
      },
    },
  };
}

/** An action that accepts and returns the same object. */
function exchange(size: string, response: object, required: readonly string[]) {
  const Disk = {
    type: "object",
    required: [size],
    properties: { [size]: described({ type: "integer" }, "In GB.") },
  };
  const reference = { $ref: "#/components/schemas/Disk" };
  const properties = { RetCode: { type: "integer", const: 0 }, Disk: reference, ...response };
  return {
    parameters: [{ ...parameter("Disk", reference, "The disk."), "x-actiongen-style": "indexed" }],
    schemas: { Disk, Response: { type: "object", required: ["RetCode", ...required], properties } },
  };
}

const kind = described(text, "The kind.");
const tone = described(text, "The tone.");
const before: State = {
  ListPots: list("PotId", "Start", "Size"),
  SwapDisk: exchange(
    "Size",
    {
      Lost: text,
      Kind: kind,
      Tone: tone,
      Optional: text,
      Facts: { type: "object", properties: { A: text } },
    },
    ["Lost", "Kind"],
  ),
};
const after: State = {
  ListAllPots: list("Id", "Offset", "Limit"),
  SwapDisk: exchange(
    "Capacity",
    { Facts: { type: "object", properties: { A: text, Kind: kind, Tone: tone } } },
    [],
  ),
};

const programs = {
  "paged.ts": `for await (const { PotId } of listPots(client, { Start: 5, Size: 2 })) console.log(PotId);`,
  "received.ts": `export const size: number | undefined = (await client.swapDisk()).Disk?.Size;`,
  "sent.ts": `await client.swapDisk({ Disk: { Size: 1 } });`,
  "wait.ts": `await waitForPot(client, { Id: "a", Size: 2 });`,
  "old-wait.ts": `await waitForPot(client, { PotId: "a", Id: "a" });`,
};

let folder = "";
let pots: Record<string, unknown> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "actiongen-old-"));
  const { product, brand } = await releasedProduct([before, after], { ListPots: "ListAllPots" });
  const [latest, ...older] = product.history;
  const moved = released("action-moved-product", { action: "SeePan", after: "pans" });
  const changed = releaseOf("0.2.0", "2026-11-27", ...(latest?.changes ?? []), moved);
  const history = [changed, ...older];
  await install(folder, "pots", await packageFiles({ product: { ...product, history }, brand }));
  pots = await run(folder, `export * from "@dezai/pots";`);
  await writeConfig(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

type Call = (...values: readonly unknown[]) => unknown;

function setUp() {
  const gateway = createFakeGateway()
    .on(pots.listAllPotsOperation as Operation<object, object>, (params) => {
      const from = Number((params as { Offset?: unknown }).Offset ?? 0);
      return { Items: ["a", "b", "c", "d"].slice(from, from + 3).map((Id) => ({ Id, State: "up" })) };
    })
    .on(pots.swapDiskOperation as Operation<object, object>, { Disk: { Capacity: 5 } });
  const client = (pots.createClient as (options: object) => Record<string, Call>)(gateway.clientOptions);
  return { client, sent: () => gateway.calls.map(({ parameters }) => parameters) };
}

test("programs of the version before compile, except where a current name is required", () => {
  const preamble = `import { createClient, listPots, waitForPot } from "@dezai/pots"; declare const console: { log(text: unknown): void }; const client = createClient(); export { listPots, waitForPot };\n`;
  const errors = errorsIn(
    folder,
    Object.fromEntries(Object.entries(programs).map(([name, code]) => [name, preamble + code])),
  );
  expect(errors).toMatchObject({ "paged.ts": [], "received.ts": [], "wait.ts": [] });
  expect(errors["sent.ts"]).toEqual([expect.stringContaining("'Capacity' is missing")]);
  expect(errors["old-wait.ts"]).toEqual([expect.stringContaining("'PotId' does not exist")]);
});

test("a list whose offset and limit are passed by their old names has the pages that it has by the new ones", async () => {
  const { client, sent } = setUp();
  const found: unknown[] = [];
  for await (const item of (pots.listPots as Call)(client, { Start: 1, Size: 2 }) as AsyncIterable<object>)
    found.push((item as { PotId: unknown }).PotId);
  expect(found).toEqual(["b", "c", "d"]);
  expect(sent()).toMatchObject([
    { Offset: "1", Limit: "2" },
    { Offset: "4", Limit: "2" },
  ]);
});

test("an object that is sent and received has its old names in both", async () => {
  const { client, sent } = setUp();
  const body = (await client.swapDisk?.({ Disk: { Size: 1 } })) as { Disk: object };
  expect(sent()).toMatchObject([{ "Disk.Capacity": "1" }]);
  expect(body.Disk).toMatchObject({ Size: 5 });
});

test("reading a response field that is elsewhere, or that programs could rely on, is an error", async () => {
  const body = (await setUp().client.swapDisk?.({})) as Record<string, unknown>;
  expect(() => body.Lost).toThrow("Lost was removed in version 0.2.0: do not read it.");
  expect(() => body.Kind).toThrow("Kind was moved to Facts.Kind in version 0.2.0: read that.");
  expect(() => body.Tone).toThrow("Tone was moved to Facts.Tone in version 0.2.0: read that.");
  expect(body.Optional).toBeUndefined();
});

test("an action that moved says which package has it", () => {
  expect(pots.seePan).toThrow(
    "SeePan: the action moved to the package @dezai/pans in version 0.2.0 of this package: see MIGRATION.md of @dezai/pans. Nothing was sent.",
  );
});
