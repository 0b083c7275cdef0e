import {
  connect,
  createClient,
  describeUMemBackupOperation,
  describeURedisBackupOperation,
  waitUntilBackupComplete,
} from "@dezai/umem";
import { createFakeGateway, networkError } from "@dezai/umem/testing";
import { expect, test } from "vitest";
import { rejection } from "../support/failure.js";

const space = { Region: "r", Zone: "z", SpaceId: "s" };
/** Items of a list of backups, as `[id, state]`. */
const list = (...items: [id: string, state: string][]) => ({
  DataSet: items.map(([BackupId, State]) => ({
    BackupId,
    BackupName: "n",
    BackupType: "manual",
    BlockCount: 2,
    CreateTime: 1,
    State,
  })),
  TotalCount: items.length,
});

test("waits until a new backup is listed and all of its shards are done", async () => {
  const gateway = createFakeGateway().on(
    describeUMemBackupOperation,
    list(["old", "Done"]),
    list(["old", "Done"], ["new", "Starting"]),
    networkError(),
    list(["new", "Done"], ["old", "Done"], ["new", "Starting"]),
    list(["new", "Done"], ["old", "Starting"], ["new", "Done"]),
  );
  const client = createClient(gateway.clientOptions);
  const shards = await client.waitUntilBackupComplete({ ...space, BackupId: "new" }, { interval: 1 });
  expect(shards.map(({ BackupId, State }) => [BackupId, State])).toEqual([
    ["new", "Done"],
    ["new", "Done"],
  ]);
  gateway.verify();
  // The action has no parameter BackupId.
  expect(gateway.calls[0]?.parameters).toEqual(space);
});

test("reads every page, from the start", async () => {
  const states: [string, string][] = [
    ["a", "Done"],
    ["b", "Done"],
    ["c", "Done"],
  ];
  const gateway = createFakeGateway().on(describeUMemBackupOperation, ({ Offset = 0, Limit = 10 }) => ({
    ...list(...states.slice(Offset, Offset + Limit)),
    TotalCount: states.length,
  }));
  const connection = connect({ ...gateway.clientOptions, region: "r" });
  const params = { Zone: "z", SpaceId: "s", Limit: 2, BackupId: "c" };
  expect(await waitUntilBackupComplete(connection, params)).toMatchObject([{ BackupId: "c" }]);
  expect(gateway.callsOf(describeUMemBackupOperation).map(({ params: { Offset } }) => Offset)).toEqual([
    undefined,
    2,
  ]);
});

test("fails with the state of a backup that has failed", async () => {
  const gateway = createFakeGateway().on(
    describeURedisBackupOperation,
    { DataSet: [{ BackupId: "b", State: "Backuping" }], TotalCount: 1 },
    { DataSet: [{ BackupId: "b", State: "Error" }], TotalCount: 1 },
  );
  const client = createClient({ ...gateway.clientOptions, region: "r" });
  const error = await rejection(client.waitUntilRedisBackupComplete({ BackupId: "b" }, { interval: 1 }));
  expect(error).toMatchObject({
    name: "WaitError",
    reason: "failed",
    action: "DescribeURedisBackup",
    state: "Error",
  });
  expect(error.message).toBe(
    'DescribeURedisBackup: failed; the last state is "Error", calls: 2. Waiting longer does not help.',
  );
  // The action has a parameter BackupId.
  expect(gateway.calls[0]?.parameters).toEqual({ Region: "r", BackupId: "b" });
});

test("says what it saw when the time is up, without secrets", async () => {
  const secret = "cba5cf5ec4d4233d206b1b54951e3787350a642f";
  const seen: [string, string, RegExp][] = [
    ["other", "Done", /the last state is "not listed", calls: \d+\. It may still be done later/],
    ["b", "Paused", /the last state is "Paused"/],
    ["b", secret, /the last state is unknown/],
  ];
  for (const [id, state, message] of seen) {
    const gateway = createFakeGateway().on(describeUMemBackupOperation, list([id, state]));
    const client = createClient(gateway.clientOptions);
    const options = { interval: 60_000, timeout: 500, region: "r", headers: { "x-test": "1" } };
    const error = await rejection(
      client.waitUntilBackupComplete({ Zone: "z", SpaceId: "s", BackupId: "b" }, options),
    );
    expect(error).toMatchObject({ name: "WaitError", reason: "timeout" });
    expect(error.message).toMatch(message);
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(secret);
    expect(gateway.calls[0]).toMatchObject({ params: { Region: "r" }, headers: { "x-test": "1" } });
  }
});

test("names the error of the last call when the time is up", async () => {
  const gateway = createFakeGateway().on(describeUMemBackupOperation, networkError("ECONNREFUSED"));
  const client = createClient({ ...gateway.clientOptions, maxRetries: 0 });
  const wait = client.waitUntilBackupComplete(
    { ...space, BackupId: "b" },
    { interval: 60_000, timeout: 500 },
  );
  const error = await rejection(wait);
  expect(error.message).toContain("The last call failed with NetworkError.");
  expect(error.cause).toMatchObject({ name: "NetworkError", code: "ECONNREFUSED" });
});
