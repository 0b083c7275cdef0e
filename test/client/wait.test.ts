import {
  AbortError,
  ActionError,
  ConfigurationError,
  createClient,
  describeUMemBackupOperation,
  WaitError,
  waitFor,
} from "@dezai/umem";
import { createFakeGateway, delayed, fail, throttled } from "@dezai/umem/testing";
import { describe, expect, test, vi } from "vitest";
import { rejection } from "../support/failure.js";

const space = { Region: "r", Zone: "z", SpaceId: "s" };
/** Response with the state of a backup. */
const backup = (State: string, BackupId = "b") => ({
  DataSet: [{ BackupId, BackupName: "n", BackupType: "auto", BlockCount: 1, CreateTime: 1, State }],
  TotalCount: 1,
});
const isDone = ({ DataSet = [] }: { DataSet?: { State: string }[] }) => DataSet[0]?.State === "Done";

describe("waitFor()", () => {
  test("repeats a call until its body fulfils the condition, and returns the body", async () => {
    const gateway = createFakeGateway().on(
      describeUMemBackupOperation,
      backup("Starting"),
      backup("Starting"),
      backup("Done"),
    );
    const client = createClient(gateway.clientOptions);
    const body = await waitFor(() => client.describeUMemBackup(space), { until: isDone, interval: 1 });
    expect(body.DataSet?.[0]?.State).toBe("Done");
    expect(gateway.calls).toHaveLength(3);
    gateway.verify();
  });

  test("goes on after an error that the client has retried in vain, and ends with any other", async () => {
    const gateway = createFakeGateway().on(
      describeUMemBackupOperation,
      throttled(0),
      fail(130),
      backup("Done"),
    );
    const client = createClient({ ...gateway.clientOptions, maxRetries: 0 });
    const call = () => client.describeUMemBackup(space);
    expect(isDone(await waitFor(call, { until: isDone, interval: 1 }))).toBe(true);
    expect(gateway.calls.map(({ retCode }) => retCode)).toEqual([153, 130, 0]);

    gateway.on(describeUMemBackupOperation, fail(230), backup("Done"));
    const error = await rejection(waitFor(call, { until: isDone, interval: 1 }));
    expect(error).toMatchObject({ name: "RetCodeError", retCode: 230 });
    await expect(waitFor(call, { until: () => JSON.parse("{"), interval: 1 })).rejects.toThrow(SyntaxError);
  });

  test("ends when the condition cannot be fulfilled any more", async () => {
    const gateway = createFakeGateway().on(
      describeUMemBackupOperation,
      backup("Starting"),
      backup("Error"),
      backup("Done"),
    );
    const client = createClient(gateway.clientOptions);
    const error = await rejection(
      waitFor(() => client.describeUMemBackup(space), {
        until: isDone,
        failOn: ({ DataSet }) => DataSet?.[0]?.State === "Error",
        interval: 1,
      }),
    );
    expect(error).toBeInstanceOf(WaitError);
    expect(error).toBeInstanceOf(ActionError);
    expect(error).toMatchObject({
      name: "WaitError",
      reason: "failed",
      state: "",
      calls: 2,
      retryable: false,
    });
    expect(error.message).toBe("failed; the last state is unknown, calls: 2. Waiting longer does not help.");
  });

  test("aborts at once, with the call in progress", async () => {
    const gateway = createFakeGateway().on(describeUMemBackupOperation, delayed(60_000, backup("Done")));
    const client = createClient(gateway.clientOptions);
    const controller = new AbortController();
    const calls: Promise<unknown>[] = [];
    const wait = waitFor(
      (signal) => {
        const call = client.describeUMemBackup(space, { signal });
        calls.push(call.result());
        return call;
      },
      { until: isDone, signal: controller.signal },
    );
    await vi.waitFor(() => expect(gateway.calls).toHaveLength(1));
    controller.abort(new Error("enough"));
    const error = await rejection(wait);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ cause: { message: "enough" } });
    expect(await calls[0]).toMatchObject({ ok: false, error: { name: "AbortError" } });
    expect(error.message).toContain("what it waited for goes on");
    await expect(
      waitFor(() => client.describeUMemBackup(space), { until: isDone, signal: controller.signal }),
    ).rejects.toThrow(AbortError);
    expect(gateway.calls).toHaveLength(1);
  });

  test.each([{ interval: 0 }, { interval: Number.NaN }, { timeout: -1 }])("rejects %o", async (options) => {
    const call = vi.fn(async () => 1);
    await expect(waitFor(call, { until: () => true, ...options })).rejects.toThrow(ConfigurationError);
    expect(call).not.toHaveBeenCalled();
  });
});
