import { expect, test } from "vitest";
import { createRelations } from "../../scripts/emit/docs/relations.js";
import type { ActionParts } from "../support/action-document.js";
import { madeUpProduct, requires } from "../support/made-up-product.js";
import { api, product as umem } from "../support/seed-action.js";

/** A response with a list of objects that have these fields. */
function list(...fields: readonly string[]): ActionParts {
  const properties = Object.fromEntries(fields.map((name) => [name, { type: "string" }]));
  return { response: { Items: { type: "array", items: { type: "object", properties } } } };
}

/** Relations of an action as text: `BackupId < DescribePotBackup Items.BackupId`. */
async function relations(actions: Readonly<Record<string, ActionParts>>, name: string) {
  const { product, brand, action } = await madeUpProduct(actions);
  const { before, after, effect } = createRelations(product, brand)(action(name));
  return {
    before: before.map((one) => `${one.parameter} < ${one.action} ${one.field}`),
    after: after.map((one) => `${one.field} > ${one.action} ${one.parameter}`),
    effect,
  };
}

const pots: Readonly<Record<string, ActionParts>> = {
  CreatePot: {
    parameters: [requires("ShelfId")],
    response: { PotIds: { type: "array", items: { type: "string" } } },
  },
  DeletePot: { parameters: [requires("PotIds")] },
  DescribePot: list("PotId", "ShelfId", "GlazeId"),
  DescribePotBackup: { ...list("BackupId", "PotId"), parameters: [requires("PotId")] },
  DescribePotBackupURL: {
    parameters: [requires("BackupId"), requires("PotId")],
    response: { URL: { type: "string" } },
  },
  DescribeCupBackup: list("BackupId"),
  GlazePot: { parameters: [requires("PotId"), requires("GlazeId"), requires("Name")] },
};

test("an action comes after those that return the IDs that it requires", async () => {
  expect((await relations(pots, "DescribePotBackupURL")).before).toEqual([
    "BackupId < DescribePotBackup Items.BackupId",
    "PotId < DescribePot Items.PotId",
  ]);
});

test("the number of an ID does not matter, and any read action is better than none", async () => {
  expect((await relations(pots, "DeletePot")).before).toEqual(["PotIds < DescribePot Items.PotId"]);
  expect((await relations(pots, "GlazePot")).before).toEqual([
    "PotId < DescribePot Items.PotId",
    "GlazeId < DescribePot Items.GlazeId",
  ]);
});

test("a new object does not take its references from others of its kind", async () => {
  expect((await relations(pots, "CreatePot")).before).toEqual([]);
});

test("an action comes before those that require the IDs that it returns", async () => {
  const after = [
    "DeletePot PotIds",
    "GlazePot PotId",
    "DescribePotBackup PotId",
    "DescribePotBackupURL PotId",
  ];
  expect((await relations(pots, "DescribePot")).after).toEqual(after.map((one) => `Items.PotId > ${one}`));
  expect((await relations(pots, "CreatePot")).after).toEqual(after.map((one) => `PotIds > ${one}`));
  expect((await relations(pots, "GlazePot")).after).toEqual([]);
});

test("the action that creates an object is named if no action lists them", async () => {
  const { DescribePot: _, ...rest } = pots;
  expect((await relations(rest, "DeletePot")).before).toEqual(["PotIds < CreatePot PotIds"]);
});

test("a deprecated list is named only if there is no other", async () => {
  const deprecated = { ...list("PotId"), operation: { deprecated: true } };
  const old = { ...pots, DescribePot: deprecated };
  expect((await relations(old, "DeletePot")).before).toEqual(["PotIds < DescribePot Items.PotId"]);
  const both = { ...pots, DescribePot: deprecated, ListPots: list("PotId") };
  expect((await relations(both, "DeletePot")).before).toEqual(["PotIds < ListPots Items.PotId"]);
});

test("locations, names and IDs of anything do not relate actions", async () => {
  const names = ["Region", "Zone", "ProjectId", "Name", "State", "Id", "ResourceId", "Paid"];
  const actions = {
    DescribePot: list(...names),
    StirPot: { parameters: names.map((name) => requires(name)) },
  };
  expect(await relations(actions, "StirPot")).toEqual({ before: [], after: [], effect: "DescribePot" });
  expect((await relations(actions, "DescribePot")).after).toEqual([]);
});

test("an ID that is one of two is found by its own name", async () => {
  const actions = {
    DescribeImage: list("ImageId"),
    CopyClayImage: { parameters: [requires("SourceImageId")] },
  };
  expect((await relations(actions, "CopyClayImage")).before).toEqual([
    "SourceImageId < DescribeImage Items.ImageId",
  ]);
});

test("at most three actions are named for a parameter, and five that use a response", async () => {
  const lists = ["A", "B", "C", "D"].map((letter) => [`List${letter}xPots`, list("PotId")]);
  const users = ["Bake", "Glaze", "Lift", "Paint", "Stir", "Wash"].map((verb) => [
    `${verb}Cup`,
    { parameters: [requires("PotId")] },
  ]);
  const actions = Object.fromEntries([...lists, ...users]);
  expect((await relations(actions, "BakeCup")).before).toHaveLength(3);
  expect((await relations(actions, "ListAxPots")).after).toHaveLength(5);
});

test("the effect is read by the action that lists what was created, or the resource", async () => {
  expect((await relations(pots, "CreatePot")).effect).toBe("DescribePot");
  expect((await relations(pots, "GlazePot")).effect).toBe("DescribePot");
  expect((await relations(pots, "DescribePot")).effect).toBeUndefined();
  const actions = {
    ...pots,
    CreateClayCup: { parameters: [requires("PotId")], response: { CupId: { type: "string" } } },
    DescribeCup: list("CupId"),
  };
  expect((await relations(actions, "CreateClayCup")).effect).toBe("DescribeCup");
});

test("an object that contains itself is no obstacle", async () => {
  const schemas = {
    Pot: {
      type: "object",
      properties: { PotId: { type: "string" }, Inner: { $ref: "#/components/schemas/Pot" } },
    },
  };
  const actions = {
    ...pots,
    DescribePot: { response: { Pot: { $ref: "#/components/schemas/Pot" } }, schemas },
  };
  expect((await relations(actions, "DeletePot")).before).toEqual(["PotIds < DescribePot Pot.PotId"]);
});

test("the backups of this repository are found and downloaded", () => {
  const of = createRelations(umem, api.brand);
  const relationsOf = (wanted: string) => {
    const action = umem.actions.find(({ name }) => name === wanted);
    if (action === undefined) throw new Error(`${wanted} is missing`);
    return of(action);
  };
  const url = relationsOf("DescribeUMemBackupURL");
  expect(url.before.map(({ action, parameter }) => `${parameter} < ${action}`)).toEqual([
    "SpaceId < DescribeUMemSpace",
    "BackupId < DescribeUMemBackup",
  ]);
  expect(url.helpers).toEqual([{ kind: "download", function: "downloadBackup", entry: "@dezai/umem/node" }]);
  expect(relationsOf("DescribeUMemBackup").helpers).toEqual([
    { kind: "paging", function: "describeUMemBackup", entry: "@dezai/umem" },
    { kind: "wait", function: "waitUntilBackupComplete", entry: "@dezai/umem" },
  ]);
  expect(relationsOf("CreateUMemBackup").effect).toBe("DescribeUMemBackup");
});
